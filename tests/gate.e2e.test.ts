import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { poll } from '../testbed/order-system/testing/poll.ts';
import { queuesOf } from './harness/broker-queues.ts';
import { countInDatabase } from './harness/database-count.ts';
import { ownTestbed } from './harness/own-testbed.ts';
import { linesOf, onlyRun, processesWith, stampede, start, verdictOf } from './harness/stampede.ts';

/** Until a gate has begun to load. */
const LOAD_LIMIT_MS = 60_000;
const instance = ownTestbed('e2e');
const gate = (runs: string) => ['gate', '--profile', 'smoke', '--instance', instance, '--runs', runs];
const finding = (run: string, id: string) => verdictOf(run).findings.filter((found) => found.id === id);

describe('a smoke gate against the honest platform', () => {
  const runs = temporaryFolder();

  it('passes, says so first, and leaves every file of a run directory', async () => {
    const { exitCode, stdout, stderr } = await stampede(...gate(runs));
    expect({ exitCode, stderr: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.trimStart().split('\n')[0]).toMatch(/pass/i);
    const run = onlyRun(runs);
    for (const file of ['run.json', 'verdict.json', 'summary.md', 'junit.xml', 'history.ndjson', 'timeline.ndjson']) {
      expect(readFileSync(join(run, file), 'utf8').length).toBeGreaterThan(0);
    }
  });

  it('conserves operations: begun = ok + fail + info, counted line by line', () => {
    const run = onlyRun(runs);
    const lines = linesOf(join(run, 'history.ndjson'));
    const count = (type: string) => lines.filter((line) => line.type === type).length;
    const { operations } = verdictOf(run);
    expect(operations.begun).toBe(count('invoke'));
    expect([operations.ok, operations.fail]).toEqual([count('ok'), count('fail')]);
    expect(operations.begun).toBe(operations.ok + operations.fail + operations.info);
  });

  it('conserves orders, and the database counts the same', async () => {
    const run = onlyRun(runs);
    const { orders } = verdictOf(run);
    const { completed, failed, stuck, lost, unread } = orders.fates;
    expect(orders.acknowledged).toBe(completed + failed + stuck + lost + unread);
    expect(orders.acknowledged).toBeGreaterThan(200);
    const counted = await countInDatabase(instance, run);
    expect(counted).toEqual({ orders: orders.acknowledged, completed, payments: completed, doublePayments: 0 });
  });

  it('saw the event of every acknowledged order, counted line by line, and left no queue of its own', async () => {
    const run = onlyRun(runs);
    const events = linesOf(join(run, 'events.ndjson'));
    const told = (name: string) => new Set(events.filter(({ event }) => event === name).map(({ orderId }) => orderId));
    const { acknowledged, fates } = verdictOf(run).orders;
    expect([told('OrderPlaced').size, told('PaymentCaptured').size]).toEqual([acknowledged, fates.completed]);
    expect(finding(run, 'order-events')).toMatchObject([
      { status: 'pass', samples: acknowledged },
      { status: 'pass', samples: fates.completed },
    ]);
    expect(finding(run, 'dead-letters-accounted')).toMatchObject([{ status: 'pass', observed: 0 }]);
    expect((await queuesOf(instance)).filter((queue) => queue.startsWith('stampede'))).toEqual([]);
  });

  it('is judged the same way again from its files alone', async () => {
    const run = onlyRun(runs);
    const before = verdictOf(run);
    expect(await stampede('judge', run)).toMatchObject({ exitCode: 0 });
    expect(verdictOf(run)).toEqual(before);
  });
});

describe('a gate that is disturbed', () => {
  it('ends with 5 when k6 is killed in the middle, and every invoke until then is on disk', async () => {
    const runs = temporaryFolder();
    const running = start(gate(runs));
    const pid = await poll('k6', () => processesWith(`-o stampede=${runs}`)[0], LOAD_LIMIT_MS);
    await poll('a hundred orders', () => linesOrNone(runs).length > 1000, LOAD_LIMIT_MS);
    process.kill(pid, 'SIGKILL');
    const killedMs = Date.now();
    expect(await running.ended).toMatchObject({ exitCode: 5 });
    const lines = linesOf(join(onlyRun(runs), 'history.ndjson'));
    expect(lines.some((line) => line.type === 'end')).toBe(false);
    expect(killedMs - Number(lines.at(-1)?.timeMs)).toBeLessThan(1000);
    expect(finding(onlyRun(runs), 'history-complete')[0]).toMatchObject({ status: 'inconclusive' });
  });

  it('leaves no load behind when the suite itself is killed outright', async () => {
    const runs = temporaryFolder();
    const running = start(gate(runs));
    await poll('load', () => linesOrNone(runs).length > 500, LOAD_LIMIT_MS);
    const suite = processesWith(`cli.ts gate`).filter((pid) => processesWith(runs).includes(pid));
    for (const pid of suite) process.kill(pid, 'SIGKILL');
    await running.ended;
    await poll('the end of the load', () => processesWith(runs).length === 0, 10_000);
  });

  it('refuses a second gate by the target file with 69; ends with 6 on Ctrl-C, with a partial report and no process left', async () => {
    const runs = temporaryFolder();
    const running = start(gate(runs));
    await poll('load', () => linesOrNone(runs).length > 500, LOAD_LIMIT_MS);
    await expectSecondRefused();
    process.kill(-(running.child.pid as number), 'SIGINT');
    const { exitCode, stdout } = await running.ended;
    expect(exitCode).toBe(6);
    expect(stdout).toMatch(/stopped/i);
    expect(verdictOf(onlyRun(runs))).toMatchObject({ word: 'stopped', exitCode: 6 });
    expect(processesWith(runs)).toEqual([]);
    expect(await queuesOf(instance)).not.toContain(`stampede-tap.${basename(onlyRun(runs))}`);
  });
});

/** The other door to the same platform: its target file, where the gate under way was given the instance. */
async function expectSecondRefused(): Promise<void> {
  const home = process.env.STAMPEDE_HOME || join(homedir(), '.cache', 'stampede');
  const target = join(home, 'testbeds', instance, 'target.json');
  const { exitCode, stderr } = await stampede('gate', '--target', target, '--runs', temporaryFolder());
  expect({ exitCode, stderr }).toEqual({
    exitCode: 69,
    stderr: expect.stringContaining('another run is loading this target'),
  });
}

function linesOrNone(runs: string): unknown[] {
  try {
    return linesOf(join(onlyRun(runs), 'history.ndjson'));
  } catch {
    return [];
  }
}
