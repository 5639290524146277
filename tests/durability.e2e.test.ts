import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIntents } from '../chaos/engine/intent-files.ts';
import { embeddedSystem } from '../chaos/targets/embedded.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { killSuite } from '../scripts/dev/suite-process.ts';
import { poll } from '../testbed/order-system/testing/poll.ts';
import { secretFile } from '../testbed/secrets.ts';
import { instanceOf, status } from '../testbed/testbed.ts';
import { countMessages } from './harness/message-count.ts';
import { ownTestbed } from './harness/own-testbed.ts';
import { onlyRun, processesWith, stampede, start, verdictOf } from './harness/stampede.ts';

const LOAD_LIMIT_MS = 60_000;
const HEAL_LIMIT_MS = 120_000;
const instance = ownTestbed('durability');
const durability = (runs: string, ...options: readonly string[]) => [
  ...['durability', '--messages', '2000', '--instance', instance, '--runs', runs],
  ...options,
];
const allRun = async (): Promise<boolean> => {
  const brokers = (await status({ instance }))?.processes.filter(({ name }) => name.startsWith('broker-')) ?? [];
  return brokers.length === 3 && brokers.every(({ ready, held }) => ready && !held);
};

describe('a backlog on a quorum queue whose leader is killed', () => {
  const runs = temporaryFolder();

  it('loses nothing, and says over how many messages at risk', async () => {
    const { exitCode, stdout, stderr } = await stampede(...durability(runs));
    expect({ exitCode, stderr: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { messages, durability: sentence } = verdictOf(onlyRun(runs));
    expect(messages).toMatchObject({ lost: 0, unexpected: 0, faults: 1, duplicated: { unexplained: 0 } });
    expect(messages?.atRisk).toBeGreaterThanOrEqual(2000);
    expect(sentence).toMatch(/^0 of \d,\d+ at risk lost over 1 fault: /);
    expect(stdout).toContain('acknowledged = ');
    expect(await allRun()).toBe(true);
  });

  it('gives the same figures to grep, sort and comm', () => {
    const { acked = 0, consumed = 0, recovered = 0 } = verdictOf(onlyRun(runs)).messages ?? {};
    expect(countMessages(onlyRun(runs))).toEqual({ acked, consumed, lost: 0 });
    expect(consumed).toBe(acked + recovered);
  });

  it('is judged the same way again from its files alone', async () => {
    const before = verdictOf(onlyRun(runs));
    expect(await stampede('judge', onlyRun(runs))).toMatchObject({ exitCode: 0 });
    expect(verdictOf(onlyRun(runs))).toEqual(before);
  });

  it('leaves the password in no file', () => {
    const password = readFileSync(secretFile(instanceOf(instance), 'broker-orders'), 'utf8');
    for (const file of readdirSync(onlyRun(runs))) {
      expect(readFileSync(join(onlyRun(runs), file), 'utf8')).not.toContain(password);
    }
  });
});

describe('a queue on one node that is killed', () => {
  const runs = temporaryFolder();

  it('fails with the exact number of lost messages', async () => {
    expect(await stampede(...durability(runs, '--queue-type', 'classic'))).toMatchObject({ exitCode: 2 });
    const { messages, plantedDefects } = verdictOf(onlyRun(runs));
    expect(plantedDefects).toEqual(['classic-queue']);
    const counted = countMessages(onlyRun(runs));
    expect(counted).toMatchObject({ acked: messages?.acked, lost: messages?.lost });
    expect(counted.lost).toBeGreaterThanOrEqual(2000);
  });
});

describe('a run that is stopped', () => {
  it('ends with 6 on Ctrl-C while a fault is active, with no load left and every node up again', async () => {
    const runs = temporaryFolder();
    const running = start(durability(runs, '--fault', 'majority-kill'));
    await poll('the fault', () => chaosOf(runs).includes('"f":"heal"'), LOAD_LIMIT_MS);
    process.kill(-(running.child.pid as number), 'SIGINT');
    const { exitCode, stdout } = await running.ended;
    expect({ exitCode, stopped: /stopped/i.test(stdout) }).toEqual({ exitCode: 6, stopped: true });
    expect(processesWith(runs)).toEqual([]);
    expect(await allRun()).toBe(true);
  });
});

describe('a run that is killed while a fault is on', () => {
  it('leaves a watchdog behind, which heals', async () => {
    const { intentFolder } = embeddedSystem(instance);
    const { child, ended } = start(durability(temporaryFolder(), '--fault', 'majority-kill'));
    await poll('an intent', () => readIntents(intentFolder).length > 0, LOAD_LIMIT_MS);
    expect(await killSuite(child.pid ?? 0)).toBe(true);
    await poll('the watchdog heals', () => readIntents(intentFolder).length === 0, HEAL_LIMIT_MS);
    expect(readFileSync(join(intentFolder, 'watchdog.log'), 'utf8')).toMatch(/healed: \S+\.majority-kill/);
    await ended;
    expect(await allRun()).toBe(true);
  });
});

describe('usage', () => {
  it.each([
    ['an unknown fault', ['--fault', 'meteor']],
    ['an unknown mode', ['--mode', 'sideways']],
    ['no messages', ['--messages', '0']],
    ['no time', ['--minutes', '0']],
  ])('with %s is refused with 64', async (_what, options) => {
    expect(await stampede('durability', ...options)).toMatchObject({ exitCode: 64 });
  });
});

function chaosOf(runs: string): string {
  try {
    return readFileSync(join(onlyRun(runs), 'chaos.ndjson'), 'utf8');
  } catch {
    return '';
  }
}
