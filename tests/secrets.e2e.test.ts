import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { makeAuthority, sign } from './harness/certificates.ts';
import { startEchoingDatabase } from './harness/echoing-database.ts';
import { type EchoingPlatform, startEchoingPlatform } from './harness/echoing-platform.ts';
import { type Ended, linesOf, onlyRun, start, verdictOf } from './harness/stampede.ts';

const folder = temporaryFolder();
const runs = temporaryFolder();
let database: Server;
let platform: EchoingPlatform;
let authority: ReturnType<typeof makeAuthority>;

/** Every one differs in each way of writing it. */
const canary = (place: string) => `Canary/+${place} "<1>"&?`;
const [header, password, databasePassword, brokerPassword] = ['header', 'basic', 'database', 'broker'].map(canary) as [
  string,
  string,
  string,
  string,
];
const environment = { CANARY_HEADER: header, CANARY_BASIC: password, CANARY_BROKER: brokerPassword };
const encodings = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64'),
];
const forbidden = [
  'Canary',
  ...[header, password, databasePassword, brokerPassword].flatMap(encodings),
  ...[`gate:${password}`, `monitor:${brokerPassword}`].flatMap(encodings),
];

beforeAll(async () => {
  database = await startEchoingDatabase();
  authority = makeAuthority(folder, 'authority');
  platform = await startEchoingPlatform(sign(authority, folder, 'IP:127.0.0.1'), authority.certFile);
  writeFileSync(join(folder, 'database-password'), `${databasePassword}\n`);
});
afterAll(() => {
  platform.server.close();
  database.close();
});

function gateOn(parts: object): Promise<Ended> {
  const client = sign(authority, folder, 'DNS:client');
  const tls = { caFile: 'authority.pem', certFile: client.certFile, keyFile: client.keyFile };
  const target = {
    name: 'careless',
    flow: 'seed',
    http: {
      baseUrls: { shopping: platform.url, orders: `${platform.url}/` },
      headers: { 'X-Canary': 'env:CANARY_HEADER' },
      auth: { basic: { user: 'gate', password: 'env:CANARY_BASIC' } },
      tls,
    },
    broker: {
      managementUrl: platform.url,
      user: 'monitor',
      password: 'env:CANARY_BROKER',
      vhost: '/',
      queues: ['orders'],
      deadLetterQueues: [],
      tls,
    },
    ...parts,
  };
  const file = join(folder, 'target.json');
  writeFileSync(file, JSON.stringify(target));
  return start(['gate', '--profile', 'smoke', '--target', file, '--runs', runs], environment).ended;
}

/** Where one of the secrets stands, in whatever form. */
const leaksIn = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).flatMap(([name, text]) =>
    forbidden.filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`),
  );

describe('a gate on a platform that repeats every secret in its errors', () => {
  let ended: Ended;

  it('reaches it over TLS with a private authority and a client certificate, and follows its orders', async () => {
    ended = await gateOn({});
    expect(ended.exitCode, ended.stdout + ended.stderr).toBe(1);
    const { fates } = verdictOf(onlyRun(runs)).orders;
    expect(fates.completed).toBeGreaterThan(50);
    expect(fates.lost + fates.stuck + fates.unread).toBe(0);
  });

  it('was told the secrets again and again, in every kind of record', () => {
    expect(platform.echoes()).toBeGreaterThan(50);
    const run = onlyRun(runs);
    for (const file of ['history.ndjson', 'final-reads.ndjson']) {
      const told = linesOf(join(run, file)).filter((line) => JSON.stringify(line).includes('I was sent '));
      expect(told.length, file).toBeGreaterThan(5);
    }
    expect(readFileSync(join(run, 'run.json'), 'utf8')).toContain('looks failed');
  });

  it('leaves no secret in any file of the run, nor on the terminal', () => {
    const run = onlyRun(runs);
    const files = readdirSync(run).map((name) => [name, readFileSync(join(run, name), 'utf8')]);
    expect(files.map(([name]) => name)).toEqual(expect.arrayContaining(['k6.log', 'load-plan.json', 'run.json']));
    expect(leaksIn({ ...Object.fromEntries(files), stdout: ended.stdout, stderr: ended.stderr })).toEqual([]);
  });
});

describe('a gate on a database that repeats the password in its refusal', () => {
  it('ends with 69, says what the database said, and leaves the password out', async () => {
    const { exitCode, stdout, stderr } = await gateOn({
      database: {
        host: '127.0.0.1',
        port: (database.address() as AddressInfo).port,
        database: 'd',
        user: 'u',
        password: `file:${join(folder, 'database-password')}`,
      },
      queries: { orders: 'select 1', effects: 'select 1' },
    });
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 69,
      stderr: expect.stringContaining('the password [redacted] is wrong'),
    });
    expect(leaksIn({ stdout, stderr })).toEqual([]);
  });
});
