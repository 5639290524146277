// A server that speaks as much of PostgreSQL's protocol as it takes to be told a password, and to repeat it in its refusal.

import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket, type TLSSocketOptions } from 'node:tls';

const CLEARTEXT_PASSWORD = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);

/** Listens on a free port of loopback; with `tls`, only to clients that begin with PostgreSQL's request for it. */
export async function startEchoingDatabase(tls?: TLSSocketOptions): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    if (tls === undefined) askForPassword(socket);
    else socket.once('data', () => socket.write('S', () => askForPassword(secured(socket, tls))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function secured(socket: Socket, tls: TLSSocketOptions): Socket {
  return new TLSSocket(socket, { ...tls, isServer: true }).on('error', () => {});
}

/** The client begins with its startup message. */
function askForPassword(socket: Socket): void {
  socket.once('data', () => {
    socket.write(CLEARTEXT_PASSWORD);
    socket.once('data', (message) => refuse(socket, message));
  });
}

/** The password message is one letter, four bytes of length, the password and a zero. */
function refuse(socket: Socket, message: Buffer): void {
  const password = message.subarray(5, -1).toString();
  const fields = `SFATAL\0C28P01\0Mthe password ${password} is wrong\0\0`;
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(Buffer.byteLength(fields) + 4, 1);
  socket.end(Buffer.concat([head, Buffer.from(fields)]));
}
