import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { type Instance, instanceOf } from '../instance.ts';
import { MARK } from './launch.ts';
import { processesOf } from './leftover-processes.ts';
import { identityOf } from './process-identity.ts';
import { terminate } from './terminate.ts';

let home: string;
let instance: Instance;
const children: ChildProcess[] = [];

beforeEach(() => {
  home = temporaryFolder();
  instance = instanceOf('x', { STAMPEDE_HOME: home });
  mkdirSync(instance.folder, { recursive: true });
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Says so when it is ready, and gives the pid of the `sleep` that it has started. */
async function start(script: string, mark?: string): Promise<{ readonly pid: number; readonly childPid: number }> {
  const env = { PATH: process.env.PATH, ...(mark !== undefined && { [MARK]: mark }) };
  const child = spawn('/bin/sh', ['-c', `${script} sleep 60 & echo $!; wait; wait`], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  return { pid: child.pid ?? -1, childPid: Number(String(line)) };
}

const pids = () => processesOf(instance).map(({ pid }) => pid);

describe('the processes of an instance', () => {
  it('are those with its mark and what they have started', async () => {
    const { pid, childPid } = await start('', instance.folder);
    expect(pids().sort()).toEqual([pid, childPid].sort());
  });

  it('are not those of another instance, nor those without a mark', async () => {
    await start('', `${instance.folder}2`);
    await start('');
    expect(pids()).toEqual([]);
  });

  it('are those that its state records, as long as they are the same processes', async () => {
    const { pid, childPid } = await start('');
    const identity = identityOf(pid);
    const record = (supervisor: unknown) =>
      writeFileSync(instance.stateFile, JSON.stringify({ supervisor, processes: [] }));
    record(identity);
    expect(pids().sort()).toEqual([pid, childPid].sort());
    record({ ...identity, startTicks: 1 });
    expect(pids()).toEqual([]);
  });

  it('are ended, by force where they do not end when asked', async () => {
    await start('', instance.folder);
    await start("trap '' TERM;", instance.folder);
    expect(pids()).toHaveLength(4);
    expect(await terminate(processesOf(instance), 200)).toEqual([]);
    expect(pids()).toEqual([]);
  });
});
