import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { awaitReady, failedToStart, Waiting } from './await-ready.ts';
import { type Instance, instanceOf } from './instance.ts';
import type { Plan } from './plan.ts';
import { identityOf } from './processes/process-identity.ts';

let home: string;
let instance: Instance;
let server: Server | undefined;

beforeEach(() => {
  home = temporaryFolder();
  instance = instanceOf('x', { STAMPEDE_HOME: home });
  mkdirSync(instance.logs, { recursive: true });
});

afterEach(() => {
  server?.close();
  server = undefined;
});

const HOST = '127.18.255.77';
const PORT = 4001;

function wait(signal = AbortSignal.timeout(5000)) {
  const spec = { name: 'a', host: HOST, port: PORT, readiness: { kind: 'tcp' } };
  const plan = { processes: [spec, { ...spec, name: 'b' }] } as unknown as Plan;
  return { instance, plan, signal, waiting: new Waiting() };
}

function record(restarts: number, supervisor = identityOf(process.pid)): void {
  writeFileSync(instance.stateFile, JSON.stringify({ supervisor, processes: [{ name: 'a', restarts }] }));
}

describe('waiting for processes', () => {
  it('ends when they are ready, however late', async () => {
    record(2);
    const waited = awaitReady(wait(), ['a', 'b']);
    server = createServer().listen(PORT, HOST);
    await expect(waited).resolves.toBeUndefined();
  });

  it('ends early when one has died too often, with the end of its log', async () => {
    record(3);
    writeFileSync(join(instance.logs, 'a.log'), 'first\nlast words\n');
    const message = expect.stringMatching(
      /^a did not come up: it died 3 times\nThe end of its log:\n {2}first\n {2}last words$/,
    );
    await expect(awaitReady(wait(), ['a'])).rejects.toMatchObject({ exitCode: 69, message });
  });

  it('does not care for a process that is not waited for', async () => {
    record(3);
    await expect(awaitReady(wait(AbortSignal.timeout(400)), ['b'])).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('ends early when the supervisor has ended', async () => {
    const me = identityOf(process.pid);
    record(0, me && { ...me, startTicks: 1 });
    await expect(awaitReady(wait(), ['a'])).rejects.toThrow(/supervisor did not come up: it has ended/);
  });

  it('tells what is being waited for, of the named processes alone', async () => {
    record(0);
    const waiting = wait(AbortSignal.timeout(400));
    await expect(awaitReady(waiting, ['a', 'b'])).rejects.toThrow();
    expect(waiting.waiting.textOf(['b', 'c'])).toBe('b (connection refused)');
    expect(waiting.waiting.first).toEqual(['a', 'connection refused']);
  });
});

describe('the error of a process that did not come up', () => {
  it('shows the last 20 lines of its log and no more', () => {
    writeFileSync(join(instance.logs, 'a.log'), Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n'));
    const lines = failedToStart(instance, 'a', 'why').message.split('\n');
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('  line 29');
  });

  it('says so without a log too', () => {
    expect(failedToStart(instance, 'a', 'why').message).toBe('a did not come up: why');
  });
});
