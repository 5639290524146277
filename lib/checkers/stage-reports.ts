// The figures of each stage, for the reports: one line per stage.

import { AWAIT } from '../model/history.ts';
import type { StageReport } from '../model/verdict.ts';
import { percentileOf } from '../stats/percentile.ts';
import type { Samples } from '../stats/samples.ts';
import { stageNames } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { fatesOf, type OrderFate } from './fates.ts';
import { noTimes, orderTimesOf, type Population } from './order-times.ts';
import { loadsOf } from './stage-loads.ts';
import { judgedSteps } from './steps.ts';

export function stageReports(evidence: Evidence): readonly StageReport[] {
  const fates = Map.groupBy(fatesOf(evidence), ({ order }) => order.stage);
  return stageNames(evidence).map((stage) => reportOf(stage, evidence, fates.get(stage) ?? []));
}

function reportOf(stage: string, evidence: Evidence, orders: readonly OrderFate[]): StageReport {
  const plan = evidence.run.profile.stages.find(({ name }) => name === stage);
  const { all, atLevel } = orderTimesOf(evidence).get(stage) ?? noTimes();
  const load = loadsOf(evidence).stages.get(stage);
  const completed = orders.filter(({ fate }) => fate === 'completed').length;
  const lengthS = plan === undefined ? 0 : plan.rampS + plan.holdS;
  return {
    stage,
    users: plan?.users ?? 0,
    usersInFlow: load?.usersInFlow ?? 0,
    submittedNotFinal: load?.submittedNotFinal ?? 0,
    begun: orders.length,
    submitted: orders.filter(({ order }) => order.submission !== 'none').length,
    completed,
    completedPerSecond: lengthS === 0 ? 0 : completed / lengthS,
    ...percentilesIn(all),
    atLevel: { submitted: atLevel.orders.length, ...percentilesIn(atLevel) },
    worstStep: worstStepOf(evidence, stage),
  };
}

function percentilesIn({ completion, flow }: Population): Pick<StageReport, 'completion' | 'flow'> {
  return { completion: percentilesOf(completion.mostMs), flow: percentilesOf(flow.mostMs) };
}

function percentilesOf(times: Samples): StageReport['completion'] {
  const ascending = times.sorted();
  const [p50, p90, p98, max] = [50, 90, 98, 100].map((percentile) => percentileOf(ascending, percentile));
  return { p50: p50 ?? null, p90: p90 ?? null, p98: p98 ?? null, max: max ?? null };
}

function worstStepOf({ history }: Evidence, stage: string): StageReport['worstStep'] {
  const shares = judgedSteps(history.stages.get(stage)).map(({ step, tally }) => ({
    step,
    failedShare: (tally.begun - tally.ok) / tally.begun,
  }));
  const { reads, failed } = history.stages.get(stage)?.polls ?? { reads: 0, failed: 0 };
  if (reads > 0) shares.push({ step: AWAIT, failedShare: failed / reads });
  return shares.toSorted((a, b) => b.failedShare - a.failedShare)[0] ?? null;
}
