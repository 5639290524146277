// Judges a run: all checkers over its evidence, then waivers, exit code and the one sentence that says why.

import type { Bound } from '../model/bound.ts';
import { decide, EXIT, type ExitCode } from '../model/exit-code.ts';
import type { Finding } from '../model/finding.ts';
import { VERDICT_VERSION, type Verdict, type VerdictWord } from '../model/verdict.ts';
import { durabilitySentence } from '../stats/durability.ts';
import { checkersFor } from './all-checkers.ts';
import { because } from './because.ts';
import { type Checker, isPromised } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { countFates, fatesOf } from './fates.ts';
import { messageFigures } from './messages/message-figures.ts';
import { duplicatesOf } from './no-effect-duplicated.ts';
import { operationsOf } from './operations-conservation.ts';
import { unmeasuredBounds } from './promised-bounds.ts';
import { chaosReport } from './recovery/chaos-report.ts';
import { ordersAtRisk } from './recovery/orders-at-risk.ts';
import { withSaturation } from './saturation.ts';
import { stageReports } from './stage-reports.ts';
import { withWaivers } from './waivers.ts';

/** Pure and repeatable: the same evidence gives the same verdict, also years later. Never throws for what stands in the evidence. */
export function judge(
  evidence: Evidence,
  bounds: readonly Bound[] = evidence.run.bounds,
  checkers: Readonly<Record<string, Checker>> = checkersFor(evidence.run),
): Verdict {
  const figures = guarded('figures', () => figuresOf(evidence));
  const judged = Object.entries(checkers).map(([name, check]) => guarded(name, () => check(evidence, bounds)));
  const seen = [...judged.flatMap(({ result, defects }) => [...(result ?? []), ...defects]), ...figures.defects];
  const complete = [...seen, ...unmeasuredBounds(bounds, seen, evidence.run)];
  const sober = guarded('saturation', () => withSaturation(complete, bounds, evidence));
  const known = [...(sober.result ?? complete), ...sober.defects];
  const findings = withWaivers(known, bounds, evidence.run.target.waivers);
  const promised = bounds.filter((bound) => isPromised(bound, evidence.run));
  const decision = decide(findings, new Set(promised.map((bound) => bound.id)));
  const { run } = evidence;
  return {
    v: VERDICT_VERSION,
    run: run.run,
    scenario: run.scenario,
    profile: run.profile.name,
    target: run.target.name,
    ...(run.target.plantedDefects === undefined ? {} : { plantedDefects: run.target.plantedDefects }),
    startedMs: run.startedMs,
    endedMs: run.endedMs ?? run.load?.endedMs ?? run.startedMs,
    word: wordOf(decision.exitCode),
    exitCode: decision.exitCode,
    because: because(decision, findings),
    findings,
    ...(figures.result ?? NO_FIGURES),
  };
}

type Figures = Pick<Verdict, 'chaos' | 'stages' | 'operations' | 'orders' | 'messages' | 'durability'>;

const NO_FIGURES: Figures = {
  stages: [],
  operations: { begun: 0, ok: 0, fail: 0, info: 0 },
  orders: { begun: 0, acknowledged: 0, fates: countFates([]), duplicated: 0 },
  durability: 'Nothing can be said about durability: the figures of this run could not be computed.',
};

function figuresOf(evidence: Evidence): Figures {
  if (evidence.messages !== undefined) return figuresOfMessages(evidence);
  const fates = fatesOf(evidence);
  const counts = countFates(fates);
  const faults = evidence.chaos?.faults ?? [];
  const chaos = chaosReport(evidence);
  const acknowledged = fates.filter(({ order }) => order.submission === 'acknowledged').length;
  return {
    stages: stageReports(evidence),
    operations: operationsOf(evidence),
    orders: {
      begun: fates.length,
      acknowledged,
      fates: counts,
      duplicated: duplicatesOf(evidence).length,
    },
    ...(chaos === undefined ? {} : { chaos }),
    durability: durabilitySentence({ ...ordersAtRisk(evidence, faults), acknowledged, lostInAll: counts.lost }),
  };
}

function figuresOfMessages(evidence: Evidence): Figures {
  const messages = messageFigures(evidence);
  const { faults, atRisk, lostAtRisk, acked, lost, unseen } = messages;
  return {
    ...NO_FIGURES,
    operations: operationsOf(evidence),
    messages,
    durability: durabilitySentence({
      items: 'messages',
      ...{ faults, atRisk, lost: lostAtRisk, acknowledged: acked, lostInAll: lost },
      ...(unseen === undefined ? {} : { unseen: { items: unseen.messages, but: unseen.but } }),
    }),
  };
}

/** What throws is a defect of the suite: a finding of its own that hides no other. */
function guarded<T>(name: string, task: () => T): { readonly result?: T; readonly defects: readonly Finding[] } {
  try {
    return { result: task(), defects: [] };
  } catch (cause) {
    const message = `the checker ${name} threw: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { defects: [{ id: `checker-${name}`, kind: 'suite', status: 'fail', promised: true, message }] };
  }
}

function wordOf(exitCode: ExitCode): VerdictWord {
  if (exitCode === EXIT.pass) return 'pass';
  if (exitCode === EXIT.inconclusive) return 'inconclusive';
  return exitCode === EXIT.stopped ? 'stopped' : 'fail';
}
