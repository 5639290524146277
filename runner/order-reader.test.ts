import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { seedFlow } from '../lib/flows/seed.ts';
import { type OrderReader, openOrderReader } from './order-reader.ts';

const servers: Server[] = [];
const readers: OrderReader[] = [];
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A reader of a platform that answers like this. */
async function readerOf(answer: RequestListener): Promise<OrderReader> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return readerAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function readerAt(url: string): OrderReader {
  const reader = openOrderReader(seedFlow, { shopping: 'http://127.0.0.1:9', orders: url });
  readers.push(reader);
  return reader;
}

const answering = (status: number, body: string) =>
  readerOf((_request, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
const never = new AbortController().signal;

describe('the reader of orders', () => {
  it("asks for the order by the platform's id, and gives the state it is in", async () => {
    const asked: string[] = [];
    const reader = await readerOf((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('{"orderId":"a/b","status":"Fulfilling"}');
    });
    expect(await reader.read('a/b', never)).toEqual({ kind: 'present', state: 'Fulfilling' });
    expect(asked).toEqual(['GET /api/orders/a%2Fb']);
  });

  it('takes 404, and nothing else, for a certain no', async () => {
    expect(await (await answering(404, '{"error":"no such order"}')).read('o1', never)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['a server error', 503, 'busy', 'http_503'],
    ['a redirect, which is not followed', 302, '', 'http_302'],
    ['a refusal', 401, 'who are you', 'http_401'],
    ['an answer without a state', 200, '{"orderId":"o1"}', 'malformed_answer'],
    ['an answer that is no JSON', 200, '<html>', 'unreadable'],
  ])('takes %s for no answer', async (_what, status, body, code) => {
    const reading = await (await answering(status, body)).read('o1', never);
    expect(reading).toMatchObject({ kind: 'unanswered', error: { code } });
  });

  it('takes a connection that is refused or cut for no answer, and names the error', async () => {
    expect(await readerAt('http://127.0.0.1:9').read('o1', never)).toMatchObject({
      kind: 'unanswered',
      error: { code: 'econnrefused' },
    });
    const cutting = await readerOf((request) => request.socket.destroy());
    expect(await cutting.read('o1', never)).toMatchObject({ kind: 'unanswered', error: { code: 'und_err_socket' } });
  });

  it('ends early, without an answer, when it is stopped', async () => {
    const reader = await readerOf(() => undefined);
    const stop = new AbortController();
    const reading = reader.read('o1', stop.signal);
    stop.abort();
    expect(await reading).toMatchObject({ kind: 'unanswered', error: { code: 'stopped' } });
  });

  it('closes at once, also under an answer that never comes', async () => {
    const reader = await readerOf(() => undefined);
    const reading = reader.read('o1', never);
    await reader.close();
    expect(await reading).toMatchObject({ kind: 'unanswered' });
  });
});
