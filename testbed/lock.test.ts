import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';

const unique = () => `stampede-lock-test-${process.pid}-${Math.random()}`;

describe('a lock', () => {
  it('lets one holder in at a time', async () => {
    const name = unique();
    let inside = 0;
    const work = async () => {
      inside += 1;
      expect(inside).toBe(1);
      await pause(20);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(name, { waitMs: 5000 }, work)));
  });

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

  it('is free again when its holder was killed', async () => {
    const name = unique();
    const source = `require('net').createServer().listen('\\0${name}', () => console.log('held'))`;
    const holder = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    await expect(withLock(name, { waitMs: 100 }, async () => 'in')).rejects.toMatchObject({ exitCode: 69 });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await withLock(name, { waitMs: 1000 }, async () => 'in')).toBe('in');
  });
});
