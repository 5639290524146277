import { describe, expect, it } from 'vitest';
import { EXIT } from '../../lib/model/exit-code.ts';
import { type ClusterMachine, refuseMachine } from './refuse-machine.ts';

const good: ClusterMachine = {
  userId: 0,
  status: 'Name:\tnode\nCapEff:\t000001ffffffffff\n',
  memory: 'MemTotal: 16000000 kB\nMemAvailable:    8000000 kB\n',
  fileSystems: 'nodev\tproc\nnodev\toverlay\n\text4\n',
};

describe('a cluster', () => {
  it('can be on a machine with root, memory and the kernel for it', () => {
    expect(() => refuseMachine(good)).not.toThrow();
  });

  it.each([
    [{ userId: 1000 }, 'only be started by root'],
    [{ status: 'CapEff:\t00000000a80425fb\n' }, 'CAP_SYS_ADMIN'],
    [{ memory: 'MemAvailable: 2048000 kB\n' }, '2000 MiB are free'],
    [{ fileSystems: 'nodev\tproc\n\text4\n' }, 'overlay'],
  ])('is refused in words, with what to do: %j', (lack, words) => {
    const expected = { exitCode: EXIT.unavailable, message: expect.stringContaining(words), hint: expect.any(String) };
    expect(() => refuseMachine({ ...good, ...lack })).toThrow(expect.objectContaining(expected));
  });
});
