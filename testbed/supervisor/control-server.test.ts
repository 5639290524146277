import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { type Instance, instanceOf } from '../instance.ts';
import type { Plan } from '../plan.ts';
import { isAlive } from '../processes/process-identity.ts';
import { controlProcess, stopAllProcesses, supervisorState } from './control-client.ts';
import { controlServer } from './control-server.ts';
import { type ProcessSpec, STOP_RANK } from './process-spec.ts';
import { readState } from './process-state.ts';
import { Supervisor } from './supervisor.ts';

let home: string;
let instance: Instance;
let server: Server;
let supervisor: Supervisor;
let left: boolean;

/** Notes when it is asked to stop. */
function noter(name: string, stopRank: ProcessSpec['stopRank']): ProcessSpec {
  const script = `trap 'echo ${name} >> stops; exit 0' TERM; echo ready; while :; do sleep 0.02; done`;
  return {
    name,
    host: '127.0.0.1',
    port: 1,
    command: ['/bin/sh', '-c', script],
    cwd: instance.folder,
    environment: { PATH: '/usr/bin:/bin' },
    stopSignal: 'SIGTERM',
    stopRank,
    readiness: { kind: 'tcp' },
  };
}

beforeEach(async () => {
  home = temporaryFolder();
  instance = instanceOf('c', { STAMPEDE_HOME: home });
  mkdirSync(instance.logs, { recursive: true });
  const processes = [noter('store', STOP_RANK.store), noter('service', STOP_RANK.service)];
  supervisor = new Supervisor(instance, { processes } as unknown as Plan, () => {});
  left = false;
  server = controlServer(supervisor, () => {
    left = true;
  });
  server.listen(instance.socket);
  await once(server, 'listening');
});

afterEach(async () => {
  await supervisor.stopAll();
  server.close();
  await once(server, 'close');
});

async function statusOf(method: string, path: string): Promise<number | undefined> {
  const outgoing = request({ socketPath: instance.socket, method, path }).end();
  const [response] = await once(outgoing, 'response');
  response.resume();
  return response.statusCode;
}

describe('the control of the supervisor', () => {
  it('tells the state, which is the same as in the state file', async () => {
    const state = await supervisorState(instance);
    expect(state.processes.map((each) => each.state)).toEqual(['stopped', 'stopped']);
    expect(state.supervisor.pid).toBe(process.pid);
    expect(readState(instance.stateFile)).toEqual(state);
  });

  it('starts, holds and stops one process and leaves the others alone', async () => {
    const identity = async () => (await supervisorState(instance)).processes[1]?.identity ?? null;
    await controlProcess(instance, 'service', 'start');
    const started = await identity();
    expect(started && isAlive(started)).toBe(true);
    expect((await controlProcess(instance, 'service', 'hold')).processes[1]?.held).toBe(true);
    expect(await identity()).toEqual(started);
    const stopped = await controlProcess(instance, 'service', 'stop');
    expect(stopped.processes.map((each) => each.state)).toEqual(['stopped', 'stopped']);
    expect(started && isAlive(started)).toBe(false);
  });

  it.each([
    ['GET', '/processes/service/start'],
    ['POST', '/processes/service/restart'],
    ['POST', '/processes/nobody/start'],
    ['POST', '/processes/service/constructor'],
    ['POST', '/status'],
    ['GET', '/'],
  ])('answers 404 to %s %s', async (method, path) => {
    expect(await statusOf(method, path)).toBe(404);
  });

  it('stops services before the stores that they use, and leaves afterwards', async () => {
    for (const name of ['store', 'service']) await controlProcess(instance, name, 'start');
    const isReady = (name: string) => readFileSync(join(instance.logs, `${name}.log`), 'utf8').includes('ready');
    await expect.poll(() => ['store', 'service'].every(isReady)).toBe(true);
    const state = await stopAllProcesses(instance);
    expect(state.processes.map((each) => each.state)).toEqual(['stopped', 'stopped']);
    await expect.poll(() => left).toBe(true);
    expect(readFileSync(join(instance.folder, 'stops'), 'utf8')).toBe('service\nstore\n');
  });

  it('fails with 69 for its client when nobody is there', async () => {
    const nobody = instanceOf('nobody', { STAMPEDE_HOME: home });
    await expect(supervisorState(nobody)).rejects.toMatchObject({ exitCode: 69 });
  });
});
