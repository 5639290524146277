import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ALL_EXPERIMENTS } from '../chaos/experiments/all-experiments.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { Verdict } from '../lib/model/verdict.ts';
import { cleanUp, experimentWith } from './harness/gate-with-defect.ts';
import { linesOf } from './harness/stampede.ts';

afterEach(cleanUp);

function finding({ findings }: Verdict, id: string) {
  return findings.find((each) => each.id === id);
}

describe('an honest platform', () => {
  it('is well again after the leader of its queue was killed, and the run says how soon and over how many orders', async () => {
    const { exitCode, stdout, verdict, run } = await experimentWith('broker-leader-kill');
    expect(exitCode, stdout).toBe(0);
    expect(verdict.orders.fates.lost).toBe(0);
    expect(finding(verdict, 'EMBEDDED-RECOVERY')).toMatchObject({ status: 'pass', fault: 'broker-kill' });
    expect(verdict.chaos?.faults).toMatchObject([{ key: 'broker-kill', effectSeen: true, lostAtRisk: 0 }]);
    expect(verdict.chaos?.faults[0]?.atRisk).toBeGreaterThan(0);
    expect(verdict.durability).toContain('at risk lost over 1 fault');
    expect(existsSync(join(run, 'post-mortem.md'))).toBe(true);
  });
});

describe('a planted defect is caught under a fault', () => {
  it('no-reconnect: services that do not connect to the broker again never recover', async () => {
    const { exitCode, stdout, verdict } = await experimentWith('broker-leader-kill', 'no-reconnect');
    expect(exitCode, stdout).toBe(4);
    expect(finding(verdict, 'EMBEDDED-RECOVERY')).toMatchObject({ status: 'fail', fault: 'broker-kill' });
    expect(finding(verdict, 'steady-after')).toMatchObject({ status: 'fail' });
  });

  // Of the inventory service alone: where the pools of the others leak too, orders may complete whose parcels never leave, which is graver (2).
  it('leaky-connections: a pool that loses what breaks does not come back with its database', async () => {
    const { exitCode, stdout, verdict } = await experimentWith('database-restart', 'leaky-connections=0.1');
    expect(exitCode, stdout).toBe(4);
    expect(finding(verdict, 'EMBEDDED-RECOVERY')).toMatchObject({ status: 'fail' });
  });

  it('not-idempotent: a service that hangs for longer than the broker waits gets its messages again, and charges twice', async () => {
    const file = join(temporaryFolder(), 'long-freeze.json');
    const usual = ALL_EXPERIMENTS.find(({ name }) => name === 'payments-freeze');
    const method = usual?.method.map((step) => ({ ...step, forS: 20 }));
    writeFileSync(file, JSON.stringify({ ...usual, name: 'long-freeze', loadS: 70, method }));
    const { exitCode, stdout, verdict, run } = await experimentWith(file, 'not-idempotent');
    expect(exitCode, stdout).toBe(2);
    const resubmits = linesOf(join(run, 'history.ndjson')).filter(
      ({ f, type }) => f === 'resubmit' && type === 'invoke',
    );
    expect(finding(verdict, 'S1-DUP')?.observed).toBeGreaterThan(resubmits.length);
  });
});
