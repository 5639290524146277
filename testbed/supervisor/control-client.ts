// Asks the supervisor of an instance over its Unix socket (see control-server.ts for what can be asked).

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Instance } from '../instance.ts';
import type { SupervisorState } from './process-state.ts';

/** Longer than what is asked for may take (STOP_GRACE_MS, STOP_ALL_GRACE_MS), also on a machine that is busy. */
const DEADLINE_MS = { status: 2000, start: 15_000, hold: 15_000, stop: 15_000, stopAll: 9000 };

/** `hold`: leave it as it is, but do not restart it when it dies. */
export type ProcessVerb = 'start' | 'stop' | 'hold';

/** State of all processes. Throws a StampedeError (69) when no supervisor answers; so do the functions below. */
export function supervisorState(instance: Instance): Promise<SupervisorState> {
  return ask(instance, 'GET /status', DEADLINE_MS.status);
}

/** Starts, stops or holds one process; resolves when that is done, a stop when the process has ended. */
export function controlProcess(instance: Instance, name: string, verb: ProcessVerb): Promise<SupervisorState> {
  return ask(instance, `POST /processes/${name}/${verb}`, DEADLINE_MS[verb]);
}

/** Stops all processes; the supervisor then ends by itself. */
export function stopAllProcesses(instance: Instance): Promise<SupervisorState> {
  return ask(instance, 'POST /stop-all', DEADLINE_MS.stopAll);
}

async function ask(instance: Instance, what: string, deadlineMs: number): Promise<SupervisorState> {
  const [method, path] = what.split(' ');
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    const outgoing = request({ socketPath: instance.socket, method, path, signal });
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    const body = await text(response);
    if (response.statusCode === 200) return JSON.parse(body) as SupervisorState;
    throw new Error(body);
  } catch (cause) {
    throw new StampedeError(`the supervisor of testbed ${instance.name} did not do ${what}: ${cause}`, {
      exitCode: EXIT.unavailable,
      hint: `${typed('status', instance.name)} shows what is there.`,
      cause,
    });
  }
}
