import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { holdsWithin } from '../processes/poll.ts';
import { isAlive } from '../processes/process-identity.ts';
import { type ProcessSpec, STOP_RANK } from './process-spec.ts';
import type { RunState } from './process-state.ts';
import { SupervisedProcess } from './supervised-process.ts';

let folder: string;
let subject: SupervisedProcess;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => subject.stop(0));

function supervise(script: string, environment: Record<string, string> = {}): SupervisedProcess {
  const spec: ProcessSpec = {
    name: 'subject',
    host: '127.0.0.1',
    port: 1,
    command: ['/bin/sh', '-c', script],
    cwd: folder,
    environment: { PATH: '/usr/bin:/bin', ...environment },
    stopSignal: 'SIGTERM',
    stopRank: STOP_RANK.service,
    readiness: { kind: 'tcp' },
  };
  subject = new SupervisedProcess({ spec, logFile: join(folder, 'log'), onChange: () => {}, note: () => {} });
  return subject;
}

const log = () => readFileSync(join(folder, 'log'), 'utf8');
const says = (text: string) => holdsWithin(3000, () => existsSync(join(folder, 'log')) && log().includes(text));
const reaches = (state: RunState) => holdsWithin(3000, () => subject.snapshot.state === state);
const pid = () => subject.snapshot.identity?.pid ?? -1;

describe('a supervised process', () => {
  it('does not run before it is started, then runs with its own environment and writes its log', async () => {
    supervise('echo "got $WORD and [$HOME]"; exec sleep 60', { WORD: 'this' });
    expect(subject.snapshot).toMatchObject({ state: 'stopped', identity: null });
    subject.start();
    expect(await says('got this and []')).toBe(true);
    expect(subject.snapshot).toMatchObject({ state: 'running', restarts: 0, held: false });
  });

  it('is restarted when it dies, at once the first time and later after a delay', async () => {
    supervise('echo "life"; exit 3').start();
    expect(await holdsWithin(3000, () => subject.snapshot.restarts === 1 && subject.snapshot.state === 'waiting')).toBe(
      true,
    );
    expect(log()).toBe('life\nlife\n');
    expect(subject.snapshot.lastExit).toMatchObject({ code: 3, signal: null });
  });

  it('is another process after a restart', async () => {
    supervise('exec sleep 60').start();
    const first = subject.snapshot.identity;
    process.kill(pid(), 'SIGKILL');
    expect(await holdsWithin(3000, () => subject.snapshot.restarts === 1)).toBe(true);
    expect(first && isAlive(first)).toBe(false);
    expect(subject.snapshot.lastExit).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('stays dead while it is held, and runs again when it is started', async () => {
    supervise('exec sleep 60').start();
    subject.hold();
    expect(subject.snapshot).toMatchObject({ state: 'running', held: true });
    process.kill(pid(), 'SIGKILL');
    expect(await reaches('stopped')).toBe(true);
    subject.start();
    expect(subject.snapshot).toMatchObject({ state: 'running', held: false, restarts: 0 });
  });

  it('is not restarted any more when it is held while it waits for its restart', async () => {
    supervise('exit 1').start();
    expect(await holdsWithin(3000, () => subject.snapshot.restarts === 1 && subject.snapshot.state === 'waiting')).toBe(
      true,
    );
    subject.hold();
    expect(await holdsWithin(1500, () => subject.snapshot.restarts > 1)).toBe(false);
    expect(subject.snapshot.state).toBe('stopped');
  });

  it('can end properly when it is stopped', async () => {
    supervise('trap "echo proper end; exit 0" TERM; echo ready; while :; do sleep 0.05; done').start();
    await says('ready');
    await subject.stop(3000);
    expect(log()).toContain('proper end');
    expect(subject.snapshot).toMatchObject({ state: 'stopped', identity: null, held: true });
  });

  it('is killed with all that it has started when it does not stop in time', async () => {
    supervise('trap "" TERM; sleep 61 & echo "child $!"; while :; do sleep 0.05; done').start();
    await says('child');
    const child = Number(/child (\d+)/.exec(log())?.[1]);
    expect(existsSync(`/proc/${child}`)).toBe(true);
    await subject.stop(100);
    expect(subject.snapshot).toMatchObject({ state: 'stopped', lastExit: { signal: 'SIGKILL' } });
    const isGone = () => !existsSync(`/proc/${child}`) || readFileSync(`/proc/${child}/stat`, 'latin1').includes(') Z');
    expect(await holdsWithin(3000, isGone)).toBe(true);
  });

  it('that cannot be started at all counts as dead', async () => {
    supervise('');
    const spec = { ...subject.spec, command: ['/no/such/program'] };
    subject = new SupervisedProcess({ spec, logFile: join(folder, 'log'), onChange: () => {}, note: () => {} });
    subject.start();
    expect(await holdsWithin(3000, () => subject.snapshot.restarts >= 1 && subject.snapshot.state === 'waiting')).toBe(
      true,
    );
  });
});
