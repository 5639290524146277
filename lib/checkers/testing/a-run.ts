// The facts of a run that went well, for tests to start from.

import { bounds } from '../../../thresholds.ts';
import type { Profile } from '../../model/profile.ts';
import type { RunRecord } from '../../model/run.ts';
import { clockAt, RUN, START_MS } from './history-builder.ts';

/** One promised stage of a minute at 100 orders, and the way down. */
export const PROFILE: Profile = {
  name: 'smoke',
  about: 'for tests',
  stages: [
    { name: '100', users: 100, rampS: 10, holdS: 50, promised: true },
    { name: 'down', users: 0, rampS: 5, holdS: 0, promised: false },
  ],
  thinkTime: { minMs: 200, maxMs: 1_000 },
  resubmitShare: 0.01,
  httpTimeoutMs: 15_000,
  awaitTimeoutMs: 20_000,
  stuckAfterMs: 30_000,
};

/** Load from 0 to 65 s, settled and read within the two minutes that a history of tests may last. */
export function aRun(facts: Partial<RunRecord> = {}): RunRecord {
  return {
    v: 1,
    run: RUN,
    suiteVersion: '0.1.0',
    scenario: 'order-ramp',
    profile: PROFILE,
    seed: 1,
    target: {
      name: 'test-platform',
      embedded: false,
      flow: 'seed',
      baseUrls: { shopping: 'http://127.0.0.1:5236', orders: 'http://127.0.0.1:5231' },
      capabilities: ['effects', 'totals', 'broker', 'database'],
      waivers: [],
    },
    bounds,
    startedMs: START_MS,
    endedMs: START_MS + 120_000,
    load: { startedMs: START_MS, endedMs: START_MS + 65_000 },
    settle: { startedMs: START_MS + 65_000, endedMs: START_MS + 66_000, stuckAfterMs: 30_000, allFinal: true },
    generators: [{ generator: 'g1', exitCode: 0, signal: null }],
    interruption: null,
    clocks: [clockAt(0), clockAt(120_000)],
    versions: { k6: '2.2.0' },
    troubles: [],
    ...facts,
  };
}
