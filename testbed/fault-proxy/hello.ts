// Says hello through a link as a client of its far end would, and tells what came back: the one way to see what a proxy does.

import { connect, type Socket } from 'node:net';
import type { Address, LinkEnd } from './links.ts';

/** `answered`: the first bytes came. `broken`: the connection was refused, reset or closed before. `silent`: nothing within the limit. */
export type HelloOutcome = 'answered' | 'broken' | 'silent';

/** A type, so that it is JSON. */
export type Hello = {
  readonly outcome: HelloOutcome;
  /** From the attempt to connect until then. */
  readonly ms: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
};

/** The server may not take longer parameters. */
const LONG_NAME_BYTES = 8000;

export function sayHello(address: Address, to: LinkEnd, limitMs: number): Promise<Hello> {
  const greeting = greetingFor(to);
  const startMs = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ ...address, noDelay: true });
    const settle = (outcome: HelloOutcome, receivedBytes = 0) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ outcome, ms: performance.now() - startMs, sentBytes: greeting.length, receivedBytes });
    };
    const timer = setTimeout(() => settle('silent'), limitMs);
    listen(socket, settle);
    socket.write(greeting);
  });
}

function listen(socket: Socket, settle: (outcome: HelloOutcome, receivedBytes?: number) => void): void {
  socket.once('data', (data) => settle('answered', data.length));
  socket.once('error', () => settle('broken'));
  socket.once('close', () => settle('broken'));
}

function greetingFor(to: LinkEnd): Buffer {
  if (to === 'database') return startupMessage();
  if (to === 'orders-api')
    return Buffer.from('GET /health/live HTTP/1.1\r\nhost: stampede\r\nconnection: close\r\n\r\n');
  return Buffer.from('AMQP\0\0\x09\x01', 'latin1');
}

/** PostgreSQL's first message: length, version 3.0, parameters; it is answered by a question for the password. */
function startupMessage(): Buffer {
  const parameters = { user: 'orders', database: 'orders', application_name: 'x'.repeat(LONG_NAME_BYTES) };
  const text = Object.entries(parameters).map(([key, value]) => `${key}\0${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`, 'latin1');
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + body.length, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, body]);
}
