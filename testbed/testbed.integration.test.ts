// The testbed with its real parts. As root in network namespaces, else on loopback.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { Target } from '../lib/model/target.ts';
import { addressPlan } from './network/address-plan.ts';
import { holdsWithin } from './processes/poll.ts';
import {
  controlProcess,
  down,
  instanceOf,
  type ProcessStatus,
  status,
  type TestbedStatus,
  type UpResult,
  up,
} from './testbed.ts';

let home: string;

beforeAll(() => {
  home = temporaryFolder();
  vi.stubEnv('STAMPEDE_HOME', home);
});

afterAll(async () => {
  for (const instance of readdirSync(join(home, 'testbeds'))) await down({ instance });
});

async function seen(instance: string): Promise<TestbedStatus> {
  const found = await status({ instance });
  if (found === null) throw new Error(`there is no testbed ${instance}`);
  return found;
}

async function processNamed(instance: string, name: string): Promise<ProcessStatus> {
  const found = (await seen(instance)).processes.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${instance} has no process ${name}`);
  return found;
}

/** All processes of a testbed with everything that they have started, by the tools of the system alone. */
function familyOf(testbed: TestbedStatus): readonly number[] {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const family = new Set([testbed.supervisor.pid ?? -1, ...testbed.processes.map((each) => each.pid ?? -1)]);
  // Parents are older than their children, and `ps` lists by pid; twice covers pids that began anew in between.
  for (const [pid, parent] of [...pairs, ...pairs]) if (family.has(parent)) family.add(pid);
  return [...family];
}

/** An orphan that has ended stays in the table of processes until the first process of the machine gets round to it. */
function runs(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/status`, 'latin1').includes('State:\tZ');
  } catch {
    return false;
  }
}

function expectNothingLeft(instance: string, family: readonly number[]): void {
  const { folder, databaseFolder, key } = instanceOf(instance);
  expect(family.length).toBeGreaterThan(11);
  expect(family.filter(runs)).toEqual([]);
  expect(existsSync(folder) || existsSync(databaseFolder)).toBe(false);
  expect(readdirSync('/sys/class/net').filter((name) => name.includes(key))).toEqual([]);
  const namespaces = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  expect(namespaces.filter((name) => name.includes(key))).toEqual([]);
  expect(sharedMemoryOf(family)).toEqual([]);
}

/** Makers of the System V segments that are on the machine, as far as they belong to the family. */
function sharedMemoryOf(family: readonly number[]): readonly number[] {
  const segments = readFileSync('/proc/sysvipc/shm', 'latin1').trim().split('\n').slice(1);
  const makers = segments.map((row) => Number(row.trim().split(/\s+/)[4]));
  return makers.filter((pid) => family.includes(pid));
}

describe('two testbeds that are started at the same time, one of them twice', () => {
  let results: readonly UpResult[];

  beforeAll(async () => {
    const wanted = [{ instance: 'one' }, { instance: 'one' }, { instance: 'two', defects: ['phantom-ok=0.5'] }];
    results = await Promise.all(wanted.map((options) => up(options)));
  });

  it('are up once each, every process ready', async () => {
    expect(results.map((result) => result.alreadyUp).sort()).toEqual([false, false, true]);
    for (const name of ['one', 'two']) {
      const { ready, processes } = await seen(name);
      expect({ ready, open: processes.filter((each) => !each.ready) }).toEqual({ ready: true, open: [] });
    }
  });

  it('share no address', async () => {
    const [one, two] = [await seen('one'), await seen('two')];
    expect(one.subnet).not.toBe(two.subnet);
    const hosts = new Set(one.processes.map((each) => each.host));
    expect(two.processes.filter((each) => hosts.has(each.host))).toEqual([]);
  });

  it('have network namespaces as root, and say why not otherwise', async () => {
    const { mode, partitionFaults } = await seen('one');
    const expected =
      process.getuid?.() === 0
        ? { mode: 'namespaces', partitionFaults: 'possible' }
        : { mode: 'loopback', partitionFaults: { impossibleBecause: 'network namespaces need root' } };
    expect({ mode, partitionFaults }).toEqual(expected);
  });

  it('have secrets that only their owner can read', () => {
    const { secrets } = instanceOf('one');
    const files = readdirSync(secrets, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files).toHaveLength(7);
    for (const file of files) expect(statSync(join(file.parentPath, file.name)).mode & 0o077).toBe(0);
  });

  it('are refused when they are asked for with other defects than they have', async () => {
    await expect(up({ instance: 'one', defects: ['phantom-ok'] })).rejects.toMatchObject({ exitCode: 64 });
    await expect(up({ instance: 'two', defects: ['phantom-ok=0.4'] })).rejects.toMatchObject({ exitCode: 64 });
    await expect(up({ instance: 'two' })).rejects.toMatchObject({ exitCode: 64 });
  });

  it('have a target file with which their database can be read and not written', async () => {
    const target = JSON.parse(readFileSync(instanceOf('one').targetFile, 'utf8')) as Target;
    const { database, queries } = target;
    if (database === undefined || queries === undefined) throw new Error('the target says nothing of the database');
    const password = readFileSync(database.password.replace('file:', ''), 'utf8');
    const sql = postgres({ ...database, password, max: 1 });
    try {
      expect(await sql.unsafe(queries.orders, [[]])).toEqual([]);
      expect(await sql`select rolname from pg_roles where rolsuper`).toEqual([{ rolname: 'stampede' }]);
      await expect(sql.unsafe('create table mine ()')).rejects.toThrow(/permission|read-only/);
      await expect(sql.unsafe('delete from orders.orders')).rejects.toThrow(/permission|read-only/);
    } finally {
      await sql.end();
    }
  });

  it('have a broker whose queues are replicated to all three nodes', async () => {
    const target = JSON.parse(readFileSync(instanceOf('one').targetFile, 'utf8')) as Target;
    if (target.broker === undefined) throw new Error('the target says nothing of the broker');
    const { managementUrl, user, password, queues, deadLetterQueues } = target.broker;
    const login = Buffer.from(`${user}:${readFileSync(password.replace('file:', ''), 'utf8')}`).toString('base64');
    const answer = await fetch(`${managementUrl}/api/queues`, { headers: { authorization: `Basic ${login}` } });
    const rows = (await answer.json()) as { name: string; type: string; members: string[] }[];
    expect(rows.map((row) => row.name).sort()).toEqual([...queues, ...deadLetterQueues].sort());
    for (const row of rows) expect([row.type, row.members.length]).toEqual(['quorum', 3]);
  });

  it('have a service restarted that was killed', async () => {
    const before = await processNamed('one', 'payments');
    process.kill(before.pid ?? -1, 'SIGKILL');
    const back = async () => {
      const { pid, ready } = await processNamed('one', 'payments');
      return ready && pid !== before.pid;
    };
    expect(await holdsWithin(20_000, back)).toBe(true);
    expect((await processNamed('one', 'payments')).restarts).toBe(before.restarts + 1);
  });

  it('have a broker node that stays dead while it is held, and rejoins when it is started', async () => {
    const instance = instanceOf('one');
    await controlProcess(instance, 'broker-3', 'hold');
    const { pid } = await processNamed('one', 'broker-3');
    process.kill(pid ?? -1, 'SIGKILL');
    expect(await holdsWithin(5000, async () => (await processNamed('one', 'broker-3')).state === 'stopped')).toBe(true);
    await controlProcess(instance, 'broker-3', 'start');
    expect(await holdsWithin(60_000, async () => (await seen('one')).ready)).toBe(true);
    expect((await processNamed('one', 'broker-3')).restarts).toBe(0);
  });

  it('leave nothing when they are ended, and leave each other alone', async () => {
    const family = familyOf(await seen('two'));
    expect(await down({ instance: 'two' })).toEqual({ instance: 'two', removed: true });
    expectNothingLeft('two', family);
    expect((await seen('one')).ready).toBe(true);
    expect(await down({ instance: 'two' })).toEqual({ instance: 'two', removed: false });
    expect(await status({ instance: 'two' })).toBeNull();
  });

  it('leave nothing either when their supervisor and their database were killed before', async () => {
    const before = await seen('one');
    const family = familyOf(before);
    process.kill(before.supervisor.pid ?? -1, 'SIGKILL');
    expect(await holdsWithin(5000, async () => !(await seen('one')).supervisor.alive)).toBe(true);
    const orphaned = await seen('one');
    expect(orphaned.ready).toBe(false);
    expect(orphaned.processes.map((each) => each.state)).toEqual(orphaned.processes.map(() => 'orphaned'));
    const server = orphaned.processes.find((each) => each.name === 'database')?.pid ?? -1;
    expect(sharedMemoryOf(family)).toEqual([server]);
    process.kill(server, 'SIGKILL');
    await down({ instance: 'one' });
    expectNothingLeft('one', family);
  });
});

describe('a testbed that does not come up', () => {
  it('in time leaves nothing, and says what was being waited for', async () => {
    const late = up({ instance: 'late', loopback: true, deadlineMs: 4000 });
    await expect(late).rejects.toMatchObject({
      exitCode: 69,
      message: expect.stringMatching(/^(database|broker-\d) did not come up: time is up; ./),
    });
    expect(await status({ instance: 'late' })).toBeNull();
    expect(existsSync(instanceOf('late').folder)).toBe(false);
  });

  it('because a port was taken in the meantime names the process and shows the end of its log', async () => {
    const stranger = createServer();
    const { database } = addressPlan('loopback', 1).ports;
    // After the look at who listens, and before the database does.
    const report = (line: string) => void (line.includes('✓ network') && stranger.listen(database, '0.0.0.0'));
    const progress = { say: report, status: report, done: () => {} };
    try {
      const message = expect.stringMatching(
        /^database did not come up: it died \d+ times\nThe end of its log:\n.*in use/s,
      );
      await expect(up({ instance: 'port', loopback: true, progress })).rejects.toMatchObject({ exitCode: 69, message });
      expect(existsSync(instanceOf('port').folder)).toBe(false);
    } finally {
      stranger.close();
    }
  });

  it('because it is not wanted any more leaves nothing', async () => {
    const stop = new AbortController();
    const stopAtDatabase = (line: string) => {
      if (line.includes('PostgreSQL')) stop.abort();
    };
    const progress = { say: stopAtDatabase, status: stopAtDatabase, done: () => {} };
    await expect(up({ instance: 'stopped', progress, signal: stop.signal })).rejects.toMatchObject({ exitCode: 6 });
    expect(existsSync(instanceOf('stopped').folder)).toBe(false);
  });
});
