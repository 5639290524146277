// Bad input, third part: what the machine can lack. Programs, ports and disk space are taken away from one process alone, in namespaces of its own.

import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { apart, notApart } from './harness/apart.ts';
import { type Ended, linesOf, onlyRun, processesWith, ROOT, start } from './harness/stampede.ts';
import { honest, stubTarget } from './harness/stub-target.ts';
import { targetAt, targetFile } from './harness/target-files.ts';

const stampede = join(ROOT, 'scripts', 'stampede.mjs');

/** A folder for PATH with Node in it, and nothing else. */
function onlyNode(): string {
  const programs = temporaryFolder();
  symlinkSync(process.execPath, join(programs, 'node'));
  return programs;
}

function expectRefusal({ exitCode, stderr }: Ended, runs: string): void {
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 69 });
  expect(readdirSync(runs)).toEqual([]);
  expect(processesWith(runs)).toEqual([]);
}

describe.concurrent('a missing program ends with 69', () => {
  it('Go, when k6 must be built', async () => {
    const runs = temporaryFolder();
    const args = ['gate', '--runs', runs, '--target', targetFile(targetAt('http://127.0.0.1:9'))];
    const ended = await start(args, { PATH: onlyNode(), STAMPEDE_HOME: temporaryFolder() }).ended;
    expectRefusal(ended, runs);
    expect(ended.stderr).toMatch(/Go is missing; the suite builds its own k6 with it[\s\S]*Install Go 1\.25 or later/);
  });

  it.skipIf(notApart).each([
    ['RabbitMQ', '/usr/lib/rabbitmq', 'rabbitmq-server'],
    ['PostgreSQL', '/usr/lib/postgresql', 'postgresql'],
  ])(`%s, when it cannot be installed${notApart}`, async (_name, programs, debianPackage) => {
    const runs = temporaryFolder();
    const hide = `[ ! -d ${programs} ] || mount -t tmpfs none ${programs}; [ ! -e /usr/bin/apt-get ] || mount --bind /dev/null /usr/bin/apt-get; PATH=$0 exec node "$@"`;
    const ended = await apart(['mount'], hide, [onlyNode(), stampede, 'gate', '--runs', runs]);
    expectRefusal(ended, runs);
    expect(ended.stderr).toContain(`${debianPackage} must be installed, but this machine has no apt-get`);
    expect(ended.stderr).toMatch(
      new RegExp(`sudo apt-get install .*${debianPackage}[\\s\\S]*stampede gate --target FILE`),
    );
  });
});

describe('a port of the embedded platform that a stranger has', () => {
  // With network namespaces nobody can take a port of the platform; without the rights for them it runs on loopback, and there
  // a listener on one address makes it choose others. Only one on all addresses stands in its way.
  const holder = `
    const [program, ...args] = process.argv.slice(1);
    const run = () => require('child_process').spawn(program, args, { stdio: 'inherit' }).on('exit', (code) => process.exit(code));
    require('net').createServer().listen(11432, '0.0.0.0', run);`;
  const withoutRights = 'setpriv --bounding-set=-net_admin,-sys_admin --inh-caps=-net_admin,-sys_admin';

  it.skipIf(notApart)(`ends with 69${notApart}`, async () => {
    const runs = temporaryFolder();
    const instance = `port-${process.pid}`;
    const script = `ip link set lo up; exec node -e "$0" ${withoutRights} node "$@"`;
    const ended = await apart(['net'], script, [holder, stampede, 'gate', '--instance', instance, '--runs', runs]);
    expectRefusal(ended, runs);
    expect(ended.stderr).toMatch(
      /something listens on all addresses at 11432 \(for database\)[\s\S]*ss -ltnp 'sport = :11432'/,
    );
    expect(processesWith(instance)).toEqual([]);
  });
});

describe('a disk that becomes full during the load', () => {
  it.skipIf(notApart)(`ends with 5, says so, and what was written until then stays${notApart}`, async () => {
    const { url, close } = await stubTarget(honest());
    const [runs, kept] = [temporaryFolder(), temporaryFolder()];
    const onSmallDisk = `
      mount -t tmpfs -o size=300k none "$0" && kept=$1 && shift
      node "$@"; code=$?
      cp -r "$0"/. "$kept"; exit $code`;
    const gate = ['gate', '--profile', 'smoke', '--target', targetFile(targetAt(url)), '--runs', runs];
    const { exitCode, stderr } = await apart(['mount'], onSmallDisk, [runs, kept, stampede, ...gate]);
    close();
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 5 });
    expect(stderr).toMatch(
      /run\.json cannot be written: ENOSPC[\s\S]*Free space there, or give another folder with --runs/,
    );
    expect(linesOf(join(onlyRun(kept), 'history.ndjson')).length).toBeGreaterThan(100);
    expect(JSON.parse(readFileSync(join(onlyRun(kept), 'run.json'), 'utf8'))).toMatchObject({ generators: [] });
    expect(existsSync(join(onlyRun(kept), 'verdict.json'))).toBe(false);
    expect(processesWith(runs)).toEqual([]);
  });
});
