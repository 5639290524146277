// The supervisor's door: HTTP with JSON answers on a Unix socket that only the owner of the testbed can open.
//
//   GET  /status                   the state of all processes
//   POST /processes/NAME/start     run it, and restart it when it dies
//   POST /processes/NAME/stop      end it properly (killed after 10 s) and keep it ended
//   POST /processes/NAME/hold      leave it as it is, but do not restart it when it dies
//   POST /stop-all                 end everything, and the supervisor too
//
// Every answer is the whole state: 200, or 404 with {"error": …} for anything else. No request has a body.

import { createServer, type Server } from 'node:http';
import type { SupervisedProcess } from './supervised-process.ts';
import type { Supervisor } from './supervisor.ts';

/** As long as the order system may take to finish what it has in hand. */
const STOP_GRACE_MS = 10_000;

type Action = (target: SupervisedProcess) => void | Promise<void>;

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['start', (target) => target.start()],
  ['stop', (target) => target.stop(STOP_GRACE_MS)],
  ['hold', (target) => target.hold()],
]);

/** A server that is to listen on the instance's socket. `leave` is called once everything is stopped and said so. */
export function controlServer(supervisor: Supervisor, leave: () => void): Server {
  return createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    try {
      const known = await perform(supervisor, `${request.method} ${request.url}`);
      if (!known) return answer(404, { error: `no such request: ${request.method} ${request.url}` });
      answer(200, supervisor.state);
      if (request.url === '/stop-all') response.once('close', leave);
    } catch (error) {
      answer(500, { error: String(error) });
    }
  });
}

/** Does what the request asks for; false when it asks for nothing that there is. */
async function perform(supervisor: Supervisor, request: string): Promise<boolean> {
  if (request === 'GET /status') return true;
  if (request === 'POST /stop-all') {
    await supervisor.stopAll();
    return true;
  }
  const [, name = '', verb = ''] = /^POST \/processes\/([a-z0-9-]+)\/([a-z]+)$/.exec(request) ?? [];
  const target = supervisor.process(name);
  const action = ACTIONS.get(verb);
  if (target === undefined || action === undefined) return false;
  await action(target);
  return true;
}
