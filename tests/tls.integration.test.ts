import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { NamedTls, Target, Tls } from '../lib/model/target.ts';
import { openBrokerReader } from '../runner/broker-reader.ts';
import { openPlatformStore } from '../runner/platform-store.ts';
import { preflight } from '../runner/preflight.ts';
import { type Certificate, makeAuthority, sign } from './harness/certificates.ts';
import { startEchoingDatabase } from './harness/echoing-database.ts';

const folder = temporaryFolder();
const servers: Server[] = [];
let authority: Certificate;
let client: Certificate;

beforeAll(() => {
  authority = makeAuthority(folder, 'authority');
  client = sign(authority, folder, 'DNS:client');
});
afterAll(() => {
  for (const server of servers) server.close();
});

/** URL of a server with a certificate for `subject` that answers with an empty list. */
async function serverFor(subject: string, options: object = {}): Promise<string> {
  const { certFile, keyFile } = sign(authority, folder, subject);
  const own = { cert: readFileSync(certFile), key: readFileSync(keyFile), ca: readFileSync(authority.certFile) };
  const server = createServer({ ...own, ...options }, (_request, response) => response.end('[]'));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const targetAt = (url: string, tls?: Tls): Target => ({
  name: 'test',
  flow: 'seed',
  http: { baseUrls: { shopping: url, orders: url }, ...(tls === undefined ? {} : { tls }) },
});
const refused = (exitCode: number, message: string, hint: string) => ({
  exitCode,
  message: expect.stringContaining(message),
  hint: expect.stringContaining(hint),
});

describe('the look at a target with TLS', () => {
  it('is content with a certificate of the authority that the target file names', async () => {
    const url = await serverFor('IP:127.0.0.1');
    await expect(preflight(targetAt(url, { caFile: authority.certFile }))).resolves.toBeUndefined();
  });

  it('refuses with 69 a certificate of an authority that nobody knows', async () => {
    const url = await serverFor('IP:127.0.0.1');
    const reason = `shopping at ${url} has a certificate that no known authority signed`;
    await expect(preflight(targetAt(url))).rejects.toMatchObject(refused(69, reason, 'http.tls.caFile'));
  });

  it('refuses with 69 a certificate for another name, and says for which', async () => {
    const url = await serverFor('DNS:somewhere.else');
    const target = targetAt(url, { caFile: authority.certFile });
    await expect(preflight(target)).rejects.toMatchObject(refused(69, 'for another name', 'as the address'));
  });

  it('shows a client certificate, and without one says that it may be wanted', async () => {
    const url = await serverFor('IP:127.0.0.1', { requestCert: true, rejectUnauthorized: true });
    const { certFile: caFile } = authority;
    await expect(preflight(targetAt(url, { caFile, ...client }))).resolves.toBeUndefined();
    await expect(preflight(targetAt(url, { caFile }))).rejects.toMatchObject(
      refused(69, 'closed the connection', 'client certificate is missing'),
    );
  });

  it('refuses with 69 a server that knows nothing newer than TLS 1.1', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    const url = await serverFor('IP:127.0.0.1', old);
    await expect(preflight(targetAt(url, { caFile: authority.certFile }))).rejects.toMatchObject({ exitCode: 69 });
  });

  it.each([
    ['a file that is not there', { caFile: '/nowhere/ca.pem' }, '/nowhere/ca.pem cannot be read: ENOENT'],
    ['a certificate that is none', { certFile: import.meta.filename, keyFile: import.meta.filename }, 'TLS cannot use'],
  ])('refuses with 64 %s', async (_what, tls, message) => {
    await expect(preflight(targetAt('https://127.0.0.1:9', tls))).rejects.toMatchObject(refused(64, message, 'PEM'));
  });
});

describe('the broker behind TLS', () => {
  const openBroker = (managementUrl: string, tls: NamedTls) =>
    openBrokerReader({
      managementUrl,
      user: 'u',
      password: 'env:PATH',
      vhost: '/',
      queues: [],
      deadLetterQueues: [],
      tls,
    });

  it('is read under the name that stands in its certificate, and under no other', async () => {
    const url = await serverFor('DNS:mq.internal');
    const { certFile: caFile } = authority;
    await expect(openBroker(url, { caFile, serverName: 'mq.internal' })?.depths()).resolves.toEqual([]);
    await expect(openBroker(url, { caFile })?.depths()).rejects.toThrow(/altnames/);
  });
});

describe('the database behind TLS', () => {
  /** What became of a connection to a server whose certificate is for `subject`; the server refuses every password. */
  async function connect(subject: string, tls: NamedTls): Promise<unknown> {
    const { certFile, keyFile } = sign(authority, folder, subject);
    const server = await startEchoingDatabase({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
    const { port } = server.address() as AddressInfo;
    const store = openPlatformStore({
      ...targetAt('http://127.0.0.1:9'),
      database: { host: '127.0.0.1', port, database: 'd', user: 'u', password: 'env:PATH', tls },
      queries: { orders: 'select 1', effects: 'select 1' },
    });
    const outcome = await store?.deadlocks().catch((error: Error) => error);
    await store?.close();
    server.close();
    return outcome;
  }
  const reached = { message: expect.stringContaining('is wrong') };

  it('is reached with the authority that the target file names', async () => {
    expect(await connect('IP:127.0.0.1', { caFile: authority.certFile })).toMatchObject(reached);
  });

  it('is reached under the name that stands in its certificate', async () => {
    const tls = { caFile: authority.certFile, serverName: 'db.internal' };
    expect(await connect('DNS:db.internal', tls)).toMatchObject(reached);
  });

  it('is not told the password when its authority is unknown or its certificate is for another name', async () => {
    expect(await connect('IP:127.0.0.1', {})).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    const other = await connect('IP:127.0.0.2', { caFile: authority.certFile });
    expect(other).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });
});
