import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../chaos/engine/experiment.ts';
import { readIntents } from '../chaos/engine/intent-files.ts';
import { embeddedSystem } from '../chaos/targets/embedded.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { readRunRecord } from '../reports/store/load-evidence.ts';
import { runDirectoryAt } from '../reports/store/run-directory.ts';
import { killSuite } from '../scripts/dev/suite-process.ts';
import { poll } from '../testbed/order-system/testing/poll.ts';
import { ownTestbed } from './harness/own-testbed.ts';
import { linesOf, onlyRun, stampede, start } from './harness/stampede.ts';

const LIMIT_MS = 90_000;
const instance = ownTestbed('chaos', ['--game-day']);
const system = () => embeddedSystem(instance);

const FREEZE = { fault: 'process-freeze', options: { process: 'payments' }, forS: 30 } as const;
const EXPERIMENT: Experiment = {
  name: 'mine',
  about: 'an experiment of the end-to-end tests',
  users: 20,
  loadS: 40,
  steady: { conditions: [{ figure: 'users', atLeast: 1 }], forS: 1, withinS: 20 },
  guards: [],
  method: [FREEZE],
};

function chaosRun(runs: string, change: Partial<Experiment>): readonly string[] {
  const file = join(runs, 'experiment.json');
  writeFileSync(file, JSON.stringify({ ...EXPERIMENT, ...change }));
  return ['chaos', 'run', file, '--instance', instance, '--runs', join(runs, 'runs')];
}

const recordOf = (runs: string) => readRunRecord(runDirectoryAt(onlyRun(join(runs, 'runs'))));
const chaosLines = (runs: string) => linesOf(join(onlyRun(join(runs, 'runs')), 'chaos.ndjson'));
const isFrozen = () => system().processes.isFrozen('payments');

async function expectNothingLeft(): Promise<void> {
  expect(readIntents(system().intentFolder)).toEqual([]);
  expect(await isFrozen()).toBe(false);
  expect(await system().problem()).toBeNull();
}

describe('a platform that is not in its steady state', () => {
  it('is not broken any further: exit 5, and the report says why', async () => {
    const runs = temporaryFolder();
    const steady = { ...EXPERIMENT.steady, conditions: [{ figure: 'users', atLeast: 5000 }], withinS: 6 } as const;
    const { exitCode, stdout } = await stampede(...chaosRun(runs, { steady }));
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 5,
      stdout: expect.stringContaining('must be 5000 or more'),
    });
    expect(chaosLines(runs).filter(({ f }) => f === 'inject')).toEqual([]);
    expect((await recordOf(runs)).experiment).toMatchObject({ gate: { steady: false }, left: [] });
  });
});

describe('a guard that breaks', () => {
  it('stops the load, and healing begins within 2 s after the end of the window that broke it: exit 6', async () => {
    const runs = temporaryFolder();
    const guards = [{ figure: 'orders-per-s', atLeast: 1, forS: 3 }] as const;
    const { exitCode, stdout } = await stampede(...chaosRun(runs, { guards }));
    expect({ exitCode, stdout: exitCode === 6 ? '' : stdout }).toEqual({ exitCode: 6, stdout: '' });
    const guard = (await recordOf(runs)).experiment?.guard;
    const heal = chaosLines(runs).find(({ f, type }) => f === 'heal' && type === 'invoke') as { timeMs: number };
    expect(heal.timeMs - (guard?.windowEndMs ?? 0)).toBeLessThan(2000);
    await expectNothingLeft();
  });
});

describe('a fault that strikes nobody', () => {
  it('makes the run inconclusive, and what was left frozen before it is healed first', async () => {
    await system().processes.signal('payments', 'SIGSTOP');
    // Nobody consumes from it, and so nobody can be stopped from doing so.
    const pause = { fault: 'consumer-pause', options: { queue: 'storefront-notifications' }, forS: 5 };
    const { exitCode, stdout, stderr } = await stampede(...chaosRun(temporaryFolder(), { method: [pause], loadS: 15 }));
    expect({ exitCode, stdout, stderr }).toMatchObject({
      exitCode: 5,
      stdout: expect.stringContaining('nobody consumes from the queue storefront-notifications'),
      stderr: expect.stringContaining('found without an intent: payments is frozen'),
    });
    await expectNothingLeft();
  });
});

describe('a name that nobody bears', () => {
  it.each([['--dry-run'], []])('is refused before anything is touched, with the one that was meant', async (...dry) => {
    const runs = temporaryFolder();
    const freeze = { ...FREEZE, options: { process: 'paymets' } };
    const { exitCode, stderr } = await stampede(...chaosRun(runs, { method: [freeze] }), ...dry);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('there is no process "paymets": did you mean "payments"?'),
    });
    expect(existsSync(join(runs, 'runs'))).toBe(false);
  });
});

describe('an experiment that would take down the majority', () => {
  it('is refused before any load when it does not say so', async () => {
    const runs = temporaryFolder();
    const options = { role: 'majority', queue: 'orders', restartedBy: 'supervisor' };
    const { exitCode, stderr } = await stampede(...chaosRun(runs, { method: [{ fault: 'broker-kill', options }] }));
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('loss-of-the-majority'),
    });
    expect(existsSync(join(runs, 'runs', 'run.json'))).toBe(false);
  });
});

describe('a suite that is killed while a fault is on', () => {
  it('leaves a watchdog behind, which heals', async () => {
    const { child, ended } = start(chaosRun(temporaryFolder(), {}));
    await poll('payments is frozen', isFrozen, LIMIT_MS);
    const log = join(system().intentFolder, 'watchdog.log');
    const before = readFileSync(log, 'utf8');
    expect(await killSuite(child.pid ?? 0)).toBe(true);
    await poll('the watchdog heals', () => readIntents(system().intentFolder).length === 0, LIMIT_MS);
    expect(readFileSync(log, 'utf8').slice(before.length)).toContain('healed: ');
    await ended;
    await expectNothingLeft();
    expect(await stampede('chaos', 'sweep', '--instance', instance)).toMatchObject({
      exitCode: 0,
      stdout: 'Nothing was left.\n',
    });
  });
});

describe('a dry run', () => {
  it('says whom it would strike, and touches nothing', async () => {
    const { exitCode, stdout } = await stampede('chaos', 'run', 'payments-freeze', '--dry-run', '--instance', instance);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('would strike now: {"process":"payments"');
    expect(await isFrozen()).toBe(false);
  });

  it('is not green when somebody could not be struck', async () => {
    const pause = { fault: 'consumer-pause', options: { queue: 'storefront-notifications' }, forS: 5 };
    const { exitCode, stdout } = await stampede(...chaosRun(temporaryFolder(), { method: [pause] }), '--dry-run');
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 5,
      stdout: expect.stringContaining('has nobody to strike now: nobody consumes'),
    });
  });
});
