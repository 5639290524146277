import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Flow, textField } from '../lib/flows/flow.ts';
import { seedFlow } from '../lib/flows/seed.ts';
import type { HttpAccess } from '../lib/model/target.ts';
import { type OrderReader, openOrderReader } from './order-reader.ts';

const servers: Server[] = [];
const readers: OrderReader[] = [];
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  delete process.env.READER_TOKEN;
});

async function accessTo(listener: RequestListener, parts: object = {}): Promise<HttpAccess> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { baseUrls: { shopping: url, orders: url }, ...parts };
}

/** A reader of a platform that answers like this. */
async function readerOf(answer: RequestListener): Promise<OrderReader> {
  return readerAt(await accessTo(answer));
}

function readerAt(access: HttpAccess): OrderReader {
  const reader = openOrderReader(seedFlow(), access);
  readers.push(reader);
  return reader;
}

const answering = (status: number, body: string) =>
  readerOf((_request, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
const never = new AbortController().signal;
const nowhere: HttpAccess = { baseUrls: { shopping: 'http://127.0.0.1:9', orders: 'http://127.0.0.1:9' } };

const withLogin: Flow = {
  ...seedFlow(),
  login: {
    expectedStatus: [200],
    call: ({ shopping }) => ({ method: 'POST', url: `${shopping}/login`, body: { scope: 'orders' } }),
    learn: (body) => {
      const token = textField(body, 'token');
      return token === null ? null : { authorization: `Bearer ${token}` };
    },
  },
};
const signal = new AbortController().signal;

describe('the reader of single orders', () => {
  it("sends the target's headers and its authorization, secrets resolved", async () => {
    process.env.READER_TOKEN = 'reader-token-1';
    const headers = { 'X-Tenant': 'a', 'X-Api-Key': 'env:READER_TOKEN' };
    const access = await accessTo(
      ({ headers: sent }, response) =>
        response.end(JSON.stringify({ status: [sent['x-tenant'], sent['x-api-key'], sent.authorization].join('|') })),
      { headers, auth: { basic: { user: 'me', password: 'env:READER_TOKEN' } } },
    );
    const credentials = Buffer.from('me:reader-token-1').toString('base64');
    const reader = openOrderReader(seedFlow(), access);
    const state = `a|reader-token-1|Basic ${credentials}`;
    await expect(reader.read('o1', signal)).resolves.toMatchObject({ kind: 'present', state });
    await reader.close();
  });

  it.each([
    ['an error', 500],
    ['a body that is not JSON', 200],
  ])('repeats no secret that the target repeats in %s', async (_what, status) => {
    process.env.READER_TOKEN = 'reader-token-2';
    const access = await accessTo(
      ({ headers }, response) => response.writeHead(status).end(`sent: ${headers.authorization}`),
      { auth: { bearer: 'env:READER_TOKEN' } },
    );
    const reader = openOrderReader(seedFlow(), access);
    const reading = await reader.read('o1', signal);
    expect(reading).toMatchObject({ kind: 'unanswered', error: { message: 'sent: Bearer [redacted]' } });
    await reader.close();
  });

  it('logs in once before its first read where the flow has a login, and again when that failed', async () => {
    let logins = 0;
    const access = await accessTo(({ url, headers }, response) => {
      if (url === '/login') {
        logins += 1;
        response.writeHead(logins === 1 ? 503 : 200).end('{"token":"learned-token"}');
      } else response.end(JSON.stringify({ status: headers.authorization }));
    });
    const reader = openOrderReader(withLogin, access);
    await expect(reader.read('o1', signal)).resolves.toMatchObject({ kind: 'unanswered' });
    const both = await Promise.all([reader.read('o1', signal), reader.read('o2', signal)]);
    expect(both).toMatchObject(Array(2).fill({ kind: 'present', state: 'Bearer learned-token' }));
    expect(logins).toBe(2);
    await reader.close();
  });
});

describe('the reader of orders', () => {
  it("asks for the order by the platform's id, and gives the state it is in", async () => {
    const asked: string[] = [];
    const reader = await readerOf((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('{"orderId":"a/b","status":"Fulfilling"}');
    });
    expect(await reader.read('a/b', never)).toMatchObject({ kind: 'present', state: 'Fulfilling' });
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
    ['an answer that is no JSON', 200, '<html>', 'malformed_answer'],
  ])('takes %s for no answer', async (_what, status, body, code) => {
    const reading = await (await answering(status, body)).read('o1', never);
    expect(reading).toMatchObject({ kind: 'unanswered', error: { code } });
  });

  it('takes a connection that is refused or cut for no answer, and names the error', async () => {
    expect(await readerAt(nowhere).read('o1', never)).toMatchObject({
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
