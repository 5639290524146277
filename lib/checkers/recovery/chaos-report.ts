// Puts together what reports show of faults: each with its recovery and its orders, the outages, and the load in windows.

import type { ChaosReport, FaultReport, OutageReport } from '../../model/chaos-report.ts';
import type { Evidence } from '../evidence.ts';
import { drainMs } from './backlog-drain.ts';
import { type FaultRecovery, probesOf, recoveriesOf } from './fault-recovery.ts';
import { loadWindows } from './load-windows.ts';
import { ordersAtRisk } from './orders-at-risk.ts';

/** `undefined` for runs in which nothing was to be broken. */
export function chaosReport(evidence: Evidence): ChaosReport | undefined {
  const { run, chaos } = evidence;
  if (chaos === undefined && run.experiment === undefined) return undefined;
  return {
    experiment: run.experiment?.name ?? null,
    faults: recoveriesOf(evidence).map((recovery) => faultReport(evidence, recovery)),
    outages: outageReports(evidence),
    ...loadWindows(evidence),
  };
}

/** One without an end lasted until probes went well again, though not for long enough, or until the last of them. */
function outageReports(evidence: Evidence): readonly OutageReport[] {
  const view = probesOf(evidence);
  if (view === null) return [];
  return view.outages.map(({ fromMs, toMs, quietMs, brokenProbes, step, code }) => ({
    ...{ fromMs, toMs, brokenProbes, step, code },
    lastedUntilMs: toMs ?? quietMs ?? Math.max(fromMs, view.untilMs),
  }));
}

function faultReport(evidence: Evidence, recovery: FaultRecovery): FaultReport {
  const { fault, outages, detectedMs, restoredMs, wellMs, recoveredMs } = recovery;
  const { key, intent, lasting, struckMs, healBeganMs, healedMs, complaint } = fault;
  const [first] = outages;
  // The step that the strike broke may have been on its way before.
  const brokeMs = first === undefined ? null : Math.max(first.fromMs, struckMs);
  const { atRisk, lost } = ordersAtRisk(evidence, [fault]);
  return {
    ...{ key, intent, lasting, struckMs, healBeganMs, healedMs, complaint, detectedMs, recoveredMs },
    effectSeen: fault.inject === 'ok',
    fromInjectMs: between(struckMs, restoredMs),
    fromFirstBrokenMs: between(brokeMs, restoredMs),
    fromHealMs: between(healBeganMs, wellMs),
    drainMs: drainMs(evidence, recovery),
    ...ordersDuring(evidence, recovery),
    atRisk,
    lostAtRisk: lost,
  };
}

function between(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null ? null : Math.max(0, toMs - fromMs);
}

/** Of the load and of the probe: to the platform they are all customers. */
function ordersDuring(
  { history }: Evidence,
  { fault, recoveredMs, watchedUntilMs }: FaultRecovery,
): Pick<FaultReport, 'accepted' | 'turnedAway'> {
  const untilMs = recoveredMs ?? watchedUntilMs;
  const isDuring = (timeMs: number): boolean => timeMs >= fault.struckMs && timeMs <= untilMs;
  let accepted = 0;
  let turnedAway = 0;
  for (const { acknowledgedMs, lastMs, lastOutcome } of history.orders.values()) {
    if (acknowledgedMs !== null) accepted += isDuring(acknowledgedMs) ? 1 : 0;
    else if (lastOutcome !== 'ok' && isDuring(lastMs)) turnedAway += 1;
  }
  return { accepted, turnedAway };
}
