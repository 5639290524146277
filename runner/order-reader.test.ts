import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Flow, textField } from '../lib/flows/flow.ts';
import { seedFlow } from '../lib/flows/seed.ts';
import type { HttpAccess } from '../lib/model/target.ts';
import { openOrderReader } from './order-reader.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  delete process.env.READER_TOKEN;
});

async function accessTo(listener: RequestListener, parts: object = {}): Promise<HttpAccess> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { baseUrls: { shopping: url, orders: url }, ...parts };
}

const withLogin: Flow = {
  ...seedFlow,
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
    const reader = openOrderReader(seedFlow, access);
    const state = `a|reader-token-1|Basic ${credentials}`;
    await expect(reader.read('o1', signal)).resolves.toEqual({ kind: 'present', state });
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
    const reader = openOrderReader(seedFlow, access);
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
    expect(both).toEqual(Array(2).fill({ kind: 'present', state: 'Bearer learned-token' }));
    expect(logins).toBe(2);
    await reader.close();
  });
});
