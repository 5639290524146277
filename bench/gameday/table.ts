// The table of `bench gameday`: a line for each experiment, over all its runs.

import { count, duration } from '../../lib/checkers/wording.ts';
import { type FaultReport, recoveryMsOf } from '../../lib/model/chaos-report.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import type { Aim } from '../outcome.ts';
import { runsShown } from '../runs-shown.ts';

/** One run, as its verdict tells it. */
export interface Rehearsed {
  readonly experiment: string;
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly run: string;
  /** `null` when it came to no verdict, or to one that tells of no fault. */
  readonly seen: { readonly faults: readonly FaultReport[]; readonly orders: Verdict['orders'] } | null;
}

const HEADING = [
  ...['experiment', 'runs', 'took effect', 'acknowledged', 'at risk', 'lost', 'duplicated', 'stuck', 'unknown'],
  ...['recovery', 'backlog gone', 'healed', 'exits'],
];

export function tableOf(all: readonly Rehearsed[]): readonly (readonly string[])[] {
  return [HEADING, ...Array.from(Map.groupBy(all, ({ experiment }) => experiment).values(), rowOf)];
}

function rowOf(runs: readonly Rehearsed[]): readonly string[] {
  const seen = seenIn(runs);
  const sum = (of: (orders: Verdict['orders']) => number): string =>
    count(seen.reduce((total, { orders }) => total + of(orders), 0));
  const faults = seen.flatMap((run) => run.faults);
  const share = (holds: (fault: FaultReport) => boolean): string =>
    `${faults.filter(holds).length} of ${faults.length}`;
  return [
    runs[0]?.experiment ?? '',
    runsShown(runs.length, seen.length),
    share(({ effectSeen }) => effectSeen),
    sum(({ acknowledged }) => acknowledged),
    count(faults.reduce((total, { atRisk }) => total + atRisk, 0)),
    sum(({ fates }) => fates.lost),
    sum(({ duplicated }) => duplicated),
    sum(({ fates }) => fates.stuck),
    sum(({ fates }) => fates.recovered + fates.never + fates.unknown),
    spread(faults.map(recoveryMsOf)),
    spread(faults.map(({ drainMs }) => drainMs)),
    share(({ healedMs }) => healedMs !== null),
    [...new Set(runs.map(({ exitCode }) => exitCode ?? 'signal'))].join(', '),
  ];
}

function seenIn(runs: readonly Rehearsed[]) {
  return runs.flatMap(({ seen }) => (seen === null ? [] : [seen]));
}

/** The least and the most; `?` beside them when one was not seen. */
function spread(lengthsMs: readonly (number | null)[]): string {
  const seen = lengthsMs.filter((ms) => ms !== null);
  if (seen.length === 0) return '?';
  const [least, most] = [duration(Math.min(...seen)), duration(Math.max(...seen))];
  return `${least === most ? least : `${least} to ${most}`}${seen.length < lengthsMs.length ? ' ?' : ''}`;
}

/** Nothing lost, nothing doubled, every fault seen, every fault healed. A run without a verdict misses the last one. */
export function aimsOf(all: readonly Rehearsed[]): readonly Aim[] {
  const seen = seenIn(all);
  const sum = (of: (orders: Verdict['orders']) => number): number =>
    seen.reduce((total, { orders }) => total + of(orders), 0);
  const faults = seen.flatMap((run) => run.faults);
  const aimed = (what: string, measured: number, aim: number): Aim => ({
    ...{ what, aim: count(aim), measured: count(measured), met: measured === aim },
  });
  return [
    aimed(
      'orders lost',
      sum(({ fates }) => fates.lost),
      0,
    ),
    aimed(
      'orders duplicated',
      sum(({ duplicated }) => duplicated),
      0,
    ),
    aimed('faults seen to take effect', faults.filter(({ effectSeen }) => effectSeen).length, faults.length),
    aimed('faults healed', faults.filter(({ healedMs }) => healedMs !== null).length, faults.length),
    aimed(
      'runs with exit 0',
      all.filter(({ exitCode, seen: told }) => exitCode === 0 && told !== null).length,
      all.length,
    ),
  ];
}
