import { describe, expect, it } from 'vitest';
import type { Target } from '../../lib/model/target.ts';
import { instanceOf } from '../../testbed/testbed.ts';
import { isTargetInUse, withTargetLock } from './target-lock.ts';

const testbed = (name: string) => instanceOf(`lock-${process.pid}-${name}`);
const platform = (port: number): Target => {
  const url = `http://127.0.0.1:${port}`;
  return { name: 'any', flow: 'seed', http: { baseUrls: { shopping: url, orders: url } } };
};
const never = () => Promise.reject(new Error('let in'));

describe('the lock of a target', () => {
  it('keeps a second run away at once, whatever its target file is called', async () => {
    const refusal = { exitCode: 69, message: 'another run is loading this target' };
    await withTargetLock(platform(1), async () => {
      await expect(withTargetLock({ ...platform(1), name: 'other' }, never)).rejects.toMatchObject(refusal);
    });
    await withTargetLock(testbed('a'), async () => {
      await expect(withTargetLock(testbed('a'), never)).rejects.toMatchObject(refusal);
    });
  });

  it('lets runs on two testbeds, or two platforms, go beside each other', async () => {
    const both = withTargetLock(testbed('a'), () => withTargetLock(testbed('b'), async () => 'both'));
    await expect(both).resolves.toBe('both');
    const two = withTargetLock(platform(1), () => withTargetLock(platform(2), async () => 'two'));
    await expect(two).resolves.toBe('two');
  });

  it('can be looked at without being taken', async () => {
    expect(await isTargetInUse(testbed('c'))).toBe(false);
    await withTargetLock(testbed('c'), async () => expect(await isTargetInUse(testbed('c'))).toBe(true));
  });

  it('is given back when the run has failed', async () => {
    await expect(withTargetLock(platform(3), never)).rejects.toThrow('let in');
    await expect(withTargetLock(platform(3), async () => 'free')).resolves.toBe('free');
  });
});
