// Loads a stub that breaks as a script says, and tells from when to when the probes found it broken, beside the truth.

import { setTimeout as pause } from 'node:timers/promises';
import { type Outage, viewProbes } from '../../lib/checkers/recovery/outages.ts';
import type { LoadPlan } from '../../lib/config/load-plan.ts';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import type { RunRecord } from '../../lib/model/run.ts';
import { gamedayProfile } from '../../lib/workload/gameday-profile.ts';
import { loadHistory } from '../../reports/store/load-evidence.ts';
import { runDirectory, writeRunRecord } from '../../reports/store/run-directory.ts';
import { SteadyClock } from '../../runner/clock.ts';
import { Interrupt } from '../../runner/interrupt.ts';
import { type LoadTools, runLoad } from '../../runner/load.ts';
import { bundleOf } from '../../scripts/setup/bundle-scenario.ts';
import { ensureK6 } from '../../scripts/setup/ensure-k6.ts';
import { BreakableStub, type Breakage, type KnownOutage } from './breakable-stub.ts';

/** Works for `afterS`, then does not for `forS`. */
export interface OutageScript {
  readonly afterS: number;
  readonly forS: number;
}

export interface Measured {
  readonly truth: readonly KnownOutage[];
  readonly outages: readonly Outage[];
}

/** A machine that is busy may break probes while four load generators start on it: nothing before the calm is over is an outage of the stub. */
const CALM_S = 4;

/** The real scenario, profile and probe of game days with two users beside. */
export async function measuredOutages(
  how: Breakage,
  script: readonly OutageScript[],
  tools: LoadTools,
): Promise<Measured> {
  const stub = await BreakableStub.start();
  try {
    return await measured(stub, temporaryFolder(), { how, script, tools });
  } finally {
    stub.stop();
  }
}

async function measured(
  stub: BreakableStub,
  root: string,
  {
    how,
    script,
    tools,
  }: { readonly how: Breakage; readonly script: readonly OutageScript[]; readonly tools: LoadTools },
): Promise<Measured> {
  const brokenS = script.reduce((sum, { afterS, forS }) => sum + afterS + forS, 0);
  const profile = fastRamp(CALM_S + brokenS + 8);
  const directory = runDirectory(root, how);
  const clock = new SteadyClock();
  const plan: LoadPlan = {
    ...{ v: 1, run: how, generator: 'g1', seed: 1, flow: 'seed', profile, thresholds: {} },
    baseUrls: { shopping: stub.url, orders: stub.url },
  };
  await writeRunRecord(directory, { ...recordOf(plan), startedMs: clock.nowMs() });
  const interrupt = new Interrupt(() => undefined);
  const running = runLoad({
    ...{ plan, limitMs: 120_000, environment: {}, tools, directory, interrupt },
    nowMs: () => clock.nowMs(),
  });
  const truth: KnownOutage[] = [];
  await pause(CALM_S * 1000);
  for (const { afterS, forS } of script) {
    await pause(afterS * 1000);
    truth.push(await stub.breakUntil(how, () => pause(forS * 1000)));
  }
  await running.finally(() => interrupt.release());
  const { probes } = await loadHistory(directory, recordOf(plan));
  if (profile.probe === undefined) throw new Error('the profile of game days has no probe');
  const calmMs = (truth[0]?.fromMs ?? 0) - CALM_S * 1000;
  const { outages } = viewProbes(probes, profile.probe, truth[0]?.fromMs ?? 0);
  return { truth, outages: outages.filter(({ toMs }) => toMs === null || toMs > calmMs) };
}

function fastRamp(holdS: number) {
  const profile = gamedayProfile({ users: 2, holdS });
  const [level, down] = profile.stages;
  if (level === undefined || down === undefined) throw new Error('the profile of game days has two stages');
  return {
    ...profile,
    stages: [
      { ...level, rampS: 1 },
      { ...down, rampS: 1 },
    ],
    thinkTime: { minMs: 500, maxMs: 1_000 },
    httpTimeoutMs: 2_000,
    awaitTimeoutMs: 2_000,
  };
}

/** The scenario of game days. Bundle it once: runs may go on side by side. */
export async function gamedayTools(): Promise<LoadTools> {
  return { k6Binary: await ensureK6(), script: await bundleOf('order-gameday') };
}

function recordOf({ run, profile, seed, baseUrls }: LoadPlan): RunRecord {
  const urls = { ...baseUrls };
  return {
    ...{ v: 1, run, suiteVersion: 'test', scenario: 'order-gameday', profile, seed, bounds: [] },
    target: { name: 'stub', embedded: false, flow: 'seed', baseUrls: urls, capabilities: [], waivers: [] },
    ...{ startedMs: 0, endedMs: null, load: null, settle: null, generators: [], interruption: null },
    ...{ clocks: [], versions: {}, troubles: [] },
  };
}
