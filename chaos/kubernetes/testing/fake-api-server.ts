// A small stand-in for an API server, for what a real one cannot be brought to do at will: fail for a while, lose an answer, keep silent.

import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../lib/machine/testing/temporary-folder.ts';
import type { ChaosObject } from '../chaos-mesh.ts';
import { type Cluster, openCluster } from '../cluster.ts';

type Stored = Pick<ChaosObject, 'kind' | 'metadata'> & { status?: ChaosObject['status'] };
type Failure = 'hang up' | { readonly status: number; readonly reason?: string; readonly retryAfterS?: number };

export interface FakeApiServer {
  readonly cluster: Cluster;
  readonly kubeconfig: string;
  /** Method and path of every request, in order. */
  readonly asked: string[];
  /** What is there, by path. */
  readonly objects: Map<string, Stored>;
  /** Answers to the requests that come next, instead of what they ask for. */
  readonly failures: Failure[];
  /** True: the next request is done, and its answer lost. */
  loseAnswer: boolean;
  /** Called for every object that was made. */
  onMade: (object: Stored) => void;
  /** False: what is deleted stays, as under a finalizer. */
  lets: boolean;
}

/** Ends with the test. */
export async function fakeApiServer(): Promise<FakeApiServer> {
  const folder = temporaryFolder();
  const { certFile, keyFile } = makeCertificate(folder);
  const tls = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
  const server = createServer(tls, (request, response) => void answer(fake, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  const kubeconfig = writeKubeconfig(folder, certFile, (server.address() as AddressInfo).port);
  const fake: FakeApiServer = {
    cluster: openCluster({ kubeconfig, context: 'fake' }),
    kubeconfig,
    asked: [],
    objects: new Map(),
    failures: [],
    loseAnswer: false,
    onMade: () => undefined,
    lets: true,
  };
  return fake;
}

/** Signed by itself, so it is its own authority. */
function makeCertificate(folder: string): { readonly certFile: string; readonly keyFile: string } {
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile];
  const certificate = ['-subj', '/CN=fake', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1', '-out', certFile];
  execFileSync('openssl', ['req', '-x509', ...key, ...certificate], { stdio: 'pipe' });
  return { certFile, keyFile };
}

function writeKubeconfig(folder: string, authority: string, port: number): string {
  const path = join(folder, 'kubeconfig.json');
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority': authority };
  const config = {
    clusters: [{ name: 'fake', cluster }],
    users: [{ name: 'fake', user: {} }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

async function answer(fake: FakeApiServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
  fake.asked.push(`${request.method} ${pathname}${searchParams.has('dryRun') ? ' (dry run)' : ''}`);
  const text = (await request.toArray()).join('');
  const failure = fake.failures.shift();
  if (failure === 'hang up') return void request.socket.destroy();
  if (failure !== undefined) return refuse(response, failure);
  const { status, body } = done(fake, request.method ?? '', pathname, text, searchParams.has('dryRun'));
  if (fake.loseAnswer) {
    fake.loseAnswer = false;
    return void request.socket.destroy();
  }
  send(response, status, body);
}

function done(fake: FakeApiServer, method: string, path: string, text: string, isDry: boolean) {
  if (method === 'POST') return made(fake, path, JSON.parse(text) as Stored, isDry);
  const found = fake.objects.get(path);
  if (found === undefined) return { status: 404, body: { reason: 'NotFound', message: `no ${path}` } };
  if (method === 'DELETE' && fake.lets) fake.objects.delete(path);
  return { status: 200, body: found };
}

function made(fake: FakeApiServer, path: string, sent: Stored, isDry: boolean) {
  const place = `${path}/${sent.metadata.name}`;
  const object = { ...sent, metadata: { ...sent.metadata, uid: randomUUID() } };
  if (fake.objects.has(place)) return { status: 409, body: { reason: 'AlreadyExists', message: 'already there' } };
  if (!isDry) {
    fake.objects.set(place, object);
    fake.onMade(object);
  }
  return { status: 201, body: object };
}

function refuse(response: ServerResponse, { status, reason, retryAfterS }: Exclude<Failure, string>): void {
  if (retryAfterS !== undefined) response.setHeader('retry-after', retryAfterS);
  send(response, status, { reason, message: `refused by the test` });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
