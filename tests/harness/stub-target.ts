// A tiny HTTP server that stands in for an order platform: honest in memory, or spoilt in one way. It shares nothing with the suite.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface StubTarget {
  readonly url: string;
  close(): void;
}

/** Answers one call of an order flow. The look before the load (`GET /`) gets 200 in any case, unless `spoilLook` is set. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface StubOptions {
  readonly spoilLook?: boolean;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** Listens on a free port of the loopback device. */
export async function stubTarget(answer: Answer, { spoilLook = false, tls }: StubOptions = {}): Promise<StubTarget> {
  const listener: RequestListener = (request, response) => {
    if (request.url === '/' && !spoilLook) response.end();
    else answer(request, response);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The seed flow in memory: every order is taken once, and final at once. */
export function honest(): Answer {
  const orders = new Set<string>();
  let carts = 0;
  const answers: Record<string, (id: string) => readonly [status: number, body: object]> = {
    'POST carts initialize': () => [201, { cartId: `cart-${++carts}` }],
    'POST carts items': () => [200, {}],
    'POST carts checkout': (id) => [201, { orderId: `order-of-${id}` }],
    'POST orders complete': (id) => {
      orders.add(id);
      return [200, { orderId: id }];
    },
    'GET orders': (id) => (orders.has(id) ? [200, { orderId: id, status: 'Fulfilling' }] : [404, {}]),
  };
  return (request, response) => {
    const [, , context, id = '', step] = (request.url ?? '').split('/');
    const call = [request.method, context, id === 'initialize' ? id : step].filter((part) => part !== undefined);
    const [status, body] = answers[call.join(' ')]?.(id) ?? [404, {}];
    request.resume().once('end', () => response.writeHead(status).end(JSON.stringify(body)));
  };
}

/** Every call gets this status. */
export function always(status: number): Answer {
  return (request, response) => void request.resume().once('end', () => response.writeHead(status).end('{}'));
}

/** 201, and a page for people where JSON should be. */
export const garbage: Answer = (_request, response) => void response.writeHead(201).end('<html>Welcome</html>');

/** Half of the body that was announced; then the connection is closed. */
export const halfBody: Answer = (_request, response) => {
  response.writeHead(201, { 'Content-Length': '100' });
  response.write('{"cartId":', () => response.destroy());
};

/** Takes the call, and never answers. */
export const hangs: Answer = () => {};
