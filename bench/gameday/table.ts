// The table of `bench gameday`: a line for each experiment, over all its runs.

import { count, duration } from '../../lib/checkers/wording.ts';
import type { FaultReport } from '../../lib/model/chaos-report.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import type { Aim } from '../outcome.ts';

/** One run, as its verdict tells it. */
export interface Rehearsed {
  readonly experiment: string;
  readonly exitCode: number;
  readonly run: string;
  readonly faults: readonly FaultReport[];
  readonly orders: Verdict['orders'];
}

const HEADING = [
  ...['experiment', 'runs', 'took effect', 'acknowledged', 'at risk', 'lost', 'duplicated', 'stuck', 'unknown'],
  ...['recovery', 'backlog gone', 'healed', 'exits'],
];

export function tableOf(all: readonly Rehearsed[]): readonly (readonly string[])[] {
  return [HEADING, ...Array.from(Map.groupBy(all, ({ experiment }) => experiment).values(), rowOf)];
}

function rowOf(runs: readonly Rehearsed[]): readonly string[] {
  const sum = (of: (orders: Verdict['orders']) => number): string =>
    count(runs.reduce((total, { orders }) => total + of(orders), 0));
  const faults = runs.flatMap((run) => run.faults);
  const share = (holds: (fault: FaultReport) => boolean): string =>
    `${faults.filter(holds).length} of ${faults.length}`;
  return [
    runs[0]?.experiment ?? '',
    String(runs.length),
    share(({ effectSeen }) => effectSeen),
    sum(({ acknowledged }) => acknowledged),
    count(faults.reduce((total, { atRisk }) => total + atRisk, 0)),
    sum(({ fates }) => fates.lost),
    sum(({ duplicated }) => duplicated),
    sum(({ fates }) => fates.stuck),
    sum(({ fates }) => fates.recovered + fates.never + fates.unknown),
    spread(faults.map(({ lasting, fromHealMs, fromInjectMs }) => (lasting ? fromHealMs : fromInjectMs))),
    spread(faults.map(({ drainMs }) => drainMs)),
    share(({ healedMs }) => healedMs !== null),
    [...new Set(runs.map(({ exitCode }) => exitCode))].join(', '),
  ];
}

/** The least and the most; `?` beside them when one was not seen. */
function spread(lengthsMs: readonly (number | null)[]): string {
  const seen = lengthsMs.filter((ms) => ms !== null);
  if (seen.length === 0) return '?';
  const [least, most] = [duration(Math.min(...seen)), duration(Math.max(...seen))];
  return `${least === most ? least : `${least} to ${most}`}${seen.length < lengthsMs.length ? ' ?' : ''}`;
}

/** Nothing lost, nothing doubled, every fault seen, every fault healed. */
export function aimsOf(all: readonly Rehearsed[]): readonly Aim[] {
  const sum = (of: (orders: Verdict['orders']) => number): number =>
    all.reduce((total, { orders }) => total + of(orders), 0);
  const faults = all.flatMap((run) => run.faults);
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
    aimed('runs with exit 0', all.filter(({ exitCode }) => exitCode === 0).length, all.length),
  ];
}
