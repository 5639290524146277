// Asks the supervisor of an instance over its Unix socket (see control-server.ts for what can be asked).

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Instance } from '../instance.ts';
import type { SupervisorState } from './process-state.ts';

/** Longer than a proper stop may take. */
const ANSWER_DEADLINE_MS = 15_000;

/** `hold`: leave it as it is, but do not restart it when it dies. */
export type ProcessVerb = 'start' | 'stop' | 'hold';

/** State of all processes. Throws a StampedeError (69) when no supervisor answers; so do the functions below. */
export function supervisorState(instance: Instance): Promise<SupervisorState> {
  return ask(instance, 'GET', '/status');
}

/** Starts, stops or holds one process; resolves when that is done, a stop when the process has ended. */
export function controlProcess(instance: Instance, name: string, verb: ProcessVerb): Promise<SupervisorState> {
  return ask(instance, 'POST', `/processes/${name}/${verb}`);
}

/** Stops all processes; the supervisor then ends by itself. */
export function stopAllProcesses(instance: Instance): Promise<SupervisorState> {
  return ask(instance, 'POST', '/stop-all');
}

async function ask(instance: Instance, method: 'GET' | 'POST', path: string): Promise<SupervisorState> {
  try {
    const outgoing = request({
      socketPath: instance.socket,
      method,
      path,
      signal: AbortSignal.timeout(ANSWER_DEADLINE_MS),
    });
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    const body = await text(response);
    if (response.statusCode === 200) return JSON.parse(body) as SupervisorState;
    throw new Error(body);
  } catch (cause) {
    throw new StampedeError(`the supervisor of testbed ${instance.name} did not do ${method} ${path}: ${cause}`, {
      exitCode: EXIT.unavailable,
      hint: `stampede status --instance ${instance.name} shows what is there.`,
      cause,
    });
  }
}
