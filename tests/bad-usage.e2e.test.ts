// Bad input, first part: what the command line, the files and the machine can lack is said before any load, with 64 or 69.
// Every row says what is wrong, where, and what to do; it makes no run directory and leaves no process.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { type Ended, processesWith, ROOT, stampede, start } from './harness/stampede.ts';
import { hangs, stubTarget } from './harness/stub-target.ts';
import { targetAt, targetFile } from './harness/target-files.ts';

const NOWHERE = 'http://127.0.0.1:9';

/** Runs a gate that must end with `exitCode` before any load; gives what it said. */
async function refused(exitCode: number, run: (runs: string) => Promise<Ended>): Promise<string> {
  const runs = temporaryFolder();
  const ended = await run(runs);
  expect({ exitCode: ended.exitCode, said: ended.stderr }).toMatchObject({ exitCode });
  expect(readdirSync(runs)).toEqual([]);
  expect(processesWith(runs)).toEqual([]);
  return ended.stderr;
}
const gate =
  (...options: string[]) =>
  (runs: string) =>
    stampede('gate', '--runs', runs, ...options);
const gateOn = (content: object | string) => gate('--target', targetFile(content));

describe.concurrent('wrong usage ends with 64', () => {
  it.each([
    ['an unknown flag', ['--tagret', 'x.json'], /unknown option '--tagret'[\s\S]*Did you mean --target\?/],
    ['an unknown profile', ['--profile', 'smok'], /there is no profile "smok"[\s\S]*Profiles: smoke/],
    ['a seed that is no number', ['--seed', 'x'], /--seed.*'x' is invalid[\s\S]*whole number/],
    ['an unknown defect', ['--defect', 'gremlin'], /"gremlin" is no defect[\s\S]*Known: slow-checkout/],
    [
      'a target file that is not there',
      ['--target', '/no/such.json'],
      /\/no\/such\.json cannot be read[\s\S]*--target/,
    ],
  ])('for %s', async (_what, options, message) => {
    expect(await refused(64, gate(...options))).toMatch(message);
  });

  it('for a RabbitMQ that is not to be had', async () => {
    expect(await refused(64, () => stampede('up', '--rabbitmq', '5.0'))).toMatch(/--rabbitmq[\s\S]*3\.10, 4\.0/);
  });

  it('for an unknown command', async () => {
    expect(await refused(64, () => stampede('gaet'))).toMatch(/unknown command 'gaet'[\s\S]*Did you mean gate\?/);
  });
});

describe.concurrent('a target file that cannot be meant ends with 64', () => {
  const target = targetAt(NOWHERE);
  it.each<[string, object | string, RegExp]>([
    ['is no JSON', '{"name": ', /target file .* is not JSON: line \d+, column \d+/],
    [
      'has an unknown key',
      { ...target, htpp: {} },
      /unknown key "htpp": did you mean "http"\?[\s\S]*docs\/targets\.md/,
    ],
    [
      'has an unknown key further down',
      { ...target, http: { baseUrls: { shopping: NOWHERE, orders: NOWHERE, order: 1 } } },
      /http\.baseUrls has an unknown key "order"/,
    ],
    ['lacks a base URL', { ...target, http: { baseUrls: { shopping: NOWHERE } } }, /http\.baseUrls\.orders is missing/],
    [
      'waives a bound that there is not',
      { ...target, waivers: [{ bound: 'S1-DUPE', reason: 'x' }] },
      /waives "S1-DUPE"[\s\S]*S1-DUP/,
    ],
  ])('when it %s', async (_what, content, message) => {
    expect(await refused(64, gateOn(content))).toMatch(message);
  });
});

describe.concurrent('thresholds.ts', () => {
  // The bounds are code of the suite, so a wrong one needs a copy of the suite.
  it.each<[string, string, string, RegExp]>([
    [
      'an unknown key',
      "id: 'S1-ORDER-P90',",
      "id: 'S1-ORDER-P90', limt: 1,",
      /bound S1-ORDER-P90:.*additional properties[\s\S]*bound\.ts/,
    ],
    ['a bound that is no number', 'limit: 5_000,', "limit: '5 s',", /bound S1-ORDER-P90:.*limit must be number/],
    [
      'an id that stands there twice',
      "id: 'S1-ORDER-P98',",
      "id: 'S1-ORDER-P90',",
      /bound S1-ORDER-P90: stands there twice/,
    ],
  ])('with %s ends a gate with 64', async (_what, right, wrong, message) => {
    const copy = copyOfTheSuite();
    const bounds = readFileSync(join(ROOT, 'thresholds.ts'), 'utf8');
    expect(bounds).toContain(right);
    writeFileSync(join(copy, 'thresholds.ts'), bounds.replace(right, wrong));
    const inCopy = (runs: string) =>
      start(['gate', '--runs', runs, '--target', targetFile(targetAt(NOWHERE))], {}, copy).ended;
    expect(await refused(64, inCopy)).toMatch(message);
  });

  function copyOfTheSuite(): string {
    const copy = temporaryFolder();
    const sources = [
      'lib',
      'reports',
      'runner',
      'scenarios',
      'scripts',
      'testbed',
      'package.json',
      'package-lock.json',
    ];
    for (const name of sources) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    return copy;
  }
});

describe.concurrent('a target that is not there ends with 69', () => {
  it('when nothing listens', async () => {
    const said = await refused(69, gateOn(targetAt(NOWHERE)));
    expect(said).toMatch(
      /shopping at http:\/\/127\.0\.0\.1:9 cannot be reached: .*ECONNREFUSED[\s\S]*address in the target file right/,
    );
  });

  it('when its name is not known', async () => {
    const said = await refused(69, gateOn(targetAt('http://no-such-host.invalid')));
    expect(said).toMatch(/shopping at http:\/\/no-such-host\.invalid cannot be reached/);
  });

  it('when it speaks no HTTP', async () => {
    const server = createServer((socket) => socket.on('error', () => {}).end('garbage\r\n\r\n'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as { port: number };
    expect(await refused(69, gateOn(targetAt(`http://127.0.0.1:${port}`)))).toMatch(
      /cannot be reached: .*Parse Error|Expected HTTP/,
    );
    server.close();
  });

  it('when it takes connections and never answers, within 20 s', async () => {
    const stub = await stubTarget(hangs, { spoilLook: true });
    const beganMs = performance.now();
    expect(await refused(69, gateOn(targetAt(stub.url)))).toMatch(
      /cannot be reached: .*[Tt]imeout[\s\S]*Is it running/,
    );
    expect(performance.now() - beganMs).toBeLessThan(20_000);
    stub.close();
  });

  it('when its certificate is signed by nobody', async () => {
    const tls = selfSigned(temporaryFolder());
    const stub = await stubTarget(hangs, { tls });
    const said = await refused(69, gateOn(targetAt(stub.url)));
    expect(said).toMatch(
      /shopping at https:\S+ .*(self-signed certificate|certificate that no known authority signed)/,
    );
    expect(said).toMatch(/in the target file|of the target file/);
    stub.close();
  });

  function selfSigned(where: string): { key: string; cert: string } {
    const [key, cert] = [join(where, 'key.pem'), join(where, 'cert.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject, '-keyout', key, '-out', cert],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  }
});
