import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { identityOf, isAlive, parseStat } from './process-identity.ts';

const rest = Array.from({ length: 30 }, (_, index) => String(100 + index)).join(' ');

describe('/proc/PID/stat', () => {
  it('gives state, parent and start time', () => {
    // Fields 5 to 21 are 100 to 116, so field 22, the start time, is 117.
    expect(parseStat(`7 (node) S 3 ${rest}`)).toEqual({ state: 'S', parentPid: 3, startTicks: 117 });
  });

  it('is read rightly when the name of the program holds spaces and brackets', () => {
    expect(parseStat(`7 (a) Z 1 (b c) R 4 ${rest}`)).toEqual({ state: 'R', parentPid: 4, startTicks: 117 });
  });
});

describe('a process', () => {
  it('is alive while it runs and not after it has ended', async () => {
    const child = spawn('sleep', ['60']);
    const identity = identityOf(child.pid ?? -1);
    expect(identity && isAlive(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(identity && isAlive(identity)).toBe(false);
  });

  it('is not taken for another one that has the same pid', () => {
    const me = identityOf(process.pid);
    if (me === null) throw new Error('this process has no identity');
    expect(isAlive(me)).toBe(true);
    expect(isAlive({ ...me, startTicks: me.startTicks - 1 })).toBe(false);
    expect(isAlive({ ...me, bootId: 'of-another-boot' })).toBe(false);
  });

  it('that never was has no identity', () => {
    expect(identityOf(2 ** 22 + 1)).toBeNull();
  });
});
