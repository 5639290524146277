import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { type ProcessSpec, type ReadinessCheck, STOP_RANK } from './process-spec.ts';
import { readinessProblem } from './readiness.ts';

let server: Server;
let folder: string;
let port: number;
let seenAuthorization: string | undefined;

beforeEach(async () => {
  folder = temporaryFolder();
  writeFileSync(join(folder, 'password'), 'p');
  server = createServer((request, response) => {
    seenAuthorization = request.headers.authorization;
    response.writeHead(Number(request.url?.slice(1)), { location: '/200' }).end('because');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterEach(() => void server.close());

function ask(readiness: ReadinessCheck, at = port): Promise<string | null> {
  const spec: ProcessSpec = {
    name: 'x',
    host: '127.0.0.1',
    port: at,
    command: [],
    cwd: '/',
    environment: {},
    stopSignal: 'SIGTERM',
    stopRank: STOP_RANK.service,
    readiness,
  };
  return readinessProblem(spec);
}

const url = (status: number) => `http://127.0.0.1:${port}/${status}`;

describe('readiness', () => {
  it('over HTTP is an answer 200 and nothing else', async () => {
    expect(await ask({ kind: 'http', url: url(200) })).toBeNull();
    expect(await ask({ kind: 'http', url: url(503) })).toBe('answers 503 because');
    expect(await ask({ kind: 'http', url: url(302) })).toMatch(/^answers 302/);
  });

  it('over HTTP with a login sends what the file holds', async () => {
    const login = { user: 'u', passwordFile: join(folder, 'password') };
    expect(await ask({ kind: 'http-basic', url: url(200), ...login })).toBeNull();
    expect(seenAuthorization).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`);
  });

  it('over TCP is an accepted connection', async () => {
    expect(await ask({ kind: 'tcp' })).toBeNull();
  });

  it('is refused with the reason where nobody listens', async () => {
    server.close();
    const sql = { kind: 'sql', user: 'u', database: 'd', passwordFile: join(folder, 'password') } as const;
    expect(await ask({ kind: 'http', url: url(200) })).toBe('connection refused');
    expect(await ask({ kind: 'tcp' })).toBe('connection refused');
    expect(await ask(sql)).toBe('connection refused');
  });

  it('is refused with the reason when the secret is not there', async () => {
    const login = { user: 'u', passwordFile: join(folder, 'nothing') };
    expect(await ask({ kind: 'http-basic', url: url(200), ...login })).toMatch(/ENOENT/);
  });
});
