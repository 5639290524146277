// The process of a breakable stub: does what its parent says, and says when it has done it.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { always, honest } from './stub-target.ts';

const works = honest();
const unavailable = always(503);
let answer = works;

const server = createServer((request, response) => answer(request, response));
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
process.send?.({ port });

const ORDERS: Readonly<Record<string, () => Promise<void>>> = {
  'answers-503': async () => {
    answer = unavailable;
  },
  refuses: async () => {
    server.close();
    server.closeAllConnections();
  },
  works: async () => {
    answer = works;
    if (!server.listening) await once(server.listen(port, '127.0.0.1'), 'listening');
  },
};

process.on('message', async (order: string) => {
  await ORDERS[order]?.();
  process.send?.({ timeMs: Date.now() });
});
process.on('disconnect', () => process.exit());
