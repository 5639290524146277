import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { acquireLock, isLockHeld, withLock } from './lock.mjs';

const MODULE = fileURLToPath(new URL('lock.mjs', import.meta.url));

/** A name of this test run alone, so that other runs on the machine do not matter. */
function uniqueName(): string {
  return `test-${process.pid}-${Math.random()}`;
}

describe('the lock', () => {
  it('can be looked at by anybody, and stays as it is', async () => {
    const name = uniqueName();
    expect(await isLockHeld(name)).toBe(false);
    await withLock(name, async () => {
      expect(await isLockHeld(name)).toBe(true);
      expect(await isLockHeld(name)).toBe(true);
    });
    expect(await isLockHeld(name)).toBe(false);
  });

  it('lets one in at a time, and tells the other once that it waits', async () => {
    const name = uniqueName();
    const events: string[] = [];
    const { promise: waits, resolve: tell } = Promise.withResolvers<void>();
    const work = (who: string) => async () => {
      events.push(`${who} in`);
      await waits;
      await pause(300); // long enough for b to ask again, several times
      events.push(`${who} out`);
    };
    const first = withLock(name, work('a'));
    const second = withLock(name, work('b'), () => {
      events.push('b waits');
      tell();
    });
    await Promise.all([first, second]);
    expect(events.filter((event) => event !== 'b waits')).toEqual(['a in', 'a out', 'b in', 'b out']);
    expect(events.filter((event) => event === 'b waits')).toHaveLength(1);
  });

  it('does not hold up work under another name', async () => {
    const inner = () => withLock(uniqueName(), () => 'both');
    await expect(withLock(uniqueName(), inner)).resolves.toBe('both');
  });

  it('is free again after the work failed, and passes the failure on', async () => {
    const name = uniqueName();
    await expect(withLock(name, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(withLock(name, () => 'free')).resolves.toBe('free');
  });

  it('is waited for as long as was said, and not at all for no time', async () => {
    const name = uniqueName();
    const release = await acquireLock(name, { waitMs: 0 });
    expect(await acquireLock(name, { waitMs: 0 })).toBeNull();
    const startMs = performance.now();
    expect(await acquireLock(name, { waitMs: 200 })).toBeNull();
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(200);
    await release?.();
    const again = await acquireLock(name, { waitMs: 0 });
    expect(again).not.toBeNull();
    await again?.();
  });

  it('is free again when its holder is killed', async () => {
    const name = uniqueName();
    const hold = `const { withLock } = await import(${JSON.stringify(MODULE)});
      await withLock(${JSON.stringify(name)}, () => { console.log('held'); return new Promise(() => setTimeout(() => {}, 60_000)); });`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', hold]);
    await once(holder.stdout, 'data');
    let waits = (): void => undefined;
    const waited = new Promise<void>((resolve) => {
      waits = resolve;
    });
    const next = withLock(name, () => 'mine', waits);
    await waited;
    holder.kill('SIGKILL');
    await expect(next).resolves.toBe('mine');
  });
});
