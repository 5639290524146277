import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../engine/check-experiment.ts';
import { ALL_FAULTS } from '../faults/all-faults.ts';
import { KUBERNETES_FAULTS } from '../kubernetes/faults/all-faults.ts';
import { experimentOf } from './ramp-drill.ts';

const script = (name: string): string => join(import.meta.dirname, `${name}.ts`);
const kill = (process: string) => ({ fault: 'process-kill', options: { process, restartedBy: 'supervisor' } });

describe('a drill', () => {
  it('strikes at three levels of the ramp, on either kind of platform', () => {
    const drill = { name: 'drill', about: 'a drill', kills: [kill('orders-api'), kill('orders-saga')] };
    const experiment = experimentOf(drill, { users: 1000, rampS: 300 });
    for (const faults of [ALL_FAULTS, KUBERNETES_FAULTS]) checkExperiment(experiment, { faults });
    expect(experiment.method).toMatchObject(
      [100, 500, 950].map((atUsers) => ({ parallel: [{ when: { atUsers } }, { when: { atUsers } }] })),
    );
  });

  it('strikes at levels that a small load reaches, too', () => {
    const drill = { name: 'drill', about: 'a drill', kills: [kill('payments')] };
    const experiment = experimentOf(drill, { users: 5, rampS: 10 });
    expect(experiment.method).toMatchObject([1, 2, 4].map((atUsers) => ({ when: { atUsers } })));
  });

  it.each(['kill-order-pods', 'kill-broker-nodes'])('%s explains itself, and refuses what it does not know', (name) => {
    expect(execFileSync(process.execPath, [script(name), '--help'], { encoding: 'utf8' })).toContain(
      '--environment NAME',
    );
    const refused = spawnSync(process.execPath, [script(name), '--exceute'], { encoding: 'utf8' });
    expect(refused).toMatchObject({ status: 64, stdout: expect.stringContaining('unknown: --exceute') });
  });
});
