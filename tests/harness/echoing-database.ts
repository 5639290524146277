// A server that speaks as much of PostgreSQL's protocol as it takes to be told a password, and to repeat it in its refusal.

import { createServer, type Server, type Socket } from 'node:net';

const CLEARTEXT_PASSWORD = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);

/** Listens on a free port of loopback. */
export async function startEchoingDatabase(): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(CLEARTEXT_PASSWORD);
      socket.once('data', (message) => refuse(socket, message));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
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
