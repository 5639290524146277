// A platform of the seed flow that is as careless as can be: some of its errors repeat what it was sent, in every way of writing it.

import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificates.ts';

/** One in so many orders meets an error. */
const UNLUCKY = 5;

export interface EchoingPlatform {
  readonly url: string;
  readonly server: Server;
  /** Errors sent so far that repeated the request's secrets. */
  readonly echoes: () => number;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Listens on loopback over TLS and wants a client certificate of the same authority. */
export async function startEchoingPlatform(own: Certificate, caFile: string): Promise<EchoingPlatform> {
  const platform = new Platform();
  const tls = { cert: readFileSync(own.certFile), key: readFileSync(own.keyFile), ca: readFileSync(caFile) };
  const server = createServer({ ...tls, requestCert: true, rejectUnauthorized: true }, (request, response) => {
    request.resume().on('end', () => send(response, platform.answer(request)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, server, echoes: () => platform.echoes };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

class Platform {
  readonly #reads = new Map<number, number>();
  #orders = 0;
  #looks = 0;
  echoes = 0;

  answer(request: IncomingMessage): Answer {
    const path = request.url ?? '';
    if (path.startsWith('/api/queues/')) return this.#queues(request);
    if (path === '/api/carts/initialize') return json(201, { cartId: `${++this.#orders}` });
    const order = Number(/\d+/.exec(path)?.[0]);
    if (path.endsWith('/items')) return order % UNLUCKY === 1 ? this.#echo(request, 500) : json(200, {});
    if (path.endsWith('/checkout'))
      return order % UNLUCKY === 2 ? this.#echo(request, 201) : json(201, { orderId: `${order}` });
    if (path.endsWith('/complete'))
      return order % UNLUCKY === 3 ? this.#echo(request, 500) : json(202, { orderId: `${order}` });
    return request.method === 'GET' && order > 0 ? this.#read(request, order) : json(404, {});
  }

  /** Every other read of an unlucky order fails, by whomever. */
  #read(request: IncomingMessage, order: number): Answer {
    const reads = (this.#reads.get(order) ?? 0) + 1;
    this.#reads.set(order, reads);
    return order % UNLUCKY === 4 && reads % 2 === 1 ? this.#echo(request, 500) : json(200, { status: 'Fulfilling' });
  }

  /** In order at first, then anything but that. */
  #queues(request: IncomingMessage): Answer {
    this.#looks += 1;
    return this.#looks % 2 === 1 ? json(200, [{ name: 'orders', messages: 0 }]) : this.#echo(request, 200);
  }

  #echo(request: IncomingMessage, status: number): Answer {
    const all = secretsOf(request).flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      JSON.stringify({ secret }),
    ]);
    const body = all[this.echoes % all.length] ?? '';
    this.echoes += 1;
    return { status, body: `I was sent ${body}` };
  }
}

function secretsOf({ headers }: IncomingMessage): string[] {
  const { authorization = '' } = headers;
  const credentials = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
  return [
    authorization,
    credentials,
    credentials.slice(credentials.indexOf(':') + 1),
    String(headers['x-canary'] ?? ''),
  ];
}

function json(status: number, body: object): Answer {
  return { status, body: JSON.stringify(body) };
}
