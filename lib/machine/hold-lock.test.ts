import { describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';

const unique = () => `stampede-lock-test-${process.pid}-${Math.random()}`;

describe('a lock of the testbed', () => {
  it('is free again after the work has failed', async () => {
    const name = unique();
    await expect(withLock(name, { waitMs: 100 }, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock(name, { waitMs: 100 }, async () => 'in')).toBe('in');
  });

  it('is not waited for longer than said', async () => {
    const name = unique();
    await withLock(name, { waitMs: 100 }, async () => {
      await expect(withLock(name, { waitMs: 100 }, async () => 'in')).rejects.toMatchObject({ exitCode: 69 });
    });
  });

  it('is not waited for any more when the waiting is stopped', async () => {
    const name = unique();
    const stop = new AbortController();
    await withLock(name, { waitMs: 100 }, async () => {
      const wait = { waitMs: 5000, signal: stop.signal, onWait: () => stop.abort() };
      await expect(withLock(name, wait, async () => 'in')).rejects.toMatchObject({ exitCode: 6 });
    });
  });
});
