import { describe, expect, it } from 'vitest';
import { holdingLock } from './hold-lock.ts';

const unique = () => `stampede-lock-test-${process.pid}-${Math.random()}`;
const refusal = { message: 'another is at it', hint: 'Wait for it.' };

describe('work under a lock', () => {
  it('is free again after the work has failed', async () => {
    const name = unique();
    await expect(
      holdingLock(name, { waitMs: 100, refusal }, () => Promise.reject(new Error('broken'))),
    ).rejects.toThrow('broken');
    expect(await holdingLock(name, { waitMs: 100, refusal }, async () => 'in')).toBe('in');
  });

  it('is not waited for longer than said', async () => {
    const name = unique();
    await holdingLock(name, { waitMs: 100, refusal }, async () => {
      await expect(holdingLock(name, { waitMs: 100, refusal }, async () => 'in')).rejects.toMatchObject({
        exitCode: 69,
        message: refusal.message,
        hint: refusal.hint,
      });
    });
  });

  it('is not waited for any more when the waiting is stopped', async () => {
    const name = unique();
    const stop = new AbortController();
    await holdingLock(name, { waitMs: 100, refusal }, async () => {
      const wait = { waitMs: 5000, refusal, signal: stop.signal, onWait: () => stop.abort() };
      await expect(holdingLock(name, wait, async () => 'in')).rejects.toMatchObject({ exitCode: 6 });
    });
  });
});
