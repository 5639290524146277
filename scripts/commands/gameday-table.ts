// The one table at the end of a game day.

import { count, duration } from '../../lib/checkers/wording.ts';
import { type FaultReport, recoveryMsOf } from '../../lib/model/chaos-report.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import { alignColumns } from '../../reports/render/table.ts';

/** How one experiment of the day ended. */
export interface Rehearsed {
  readonly experiment: string;
  readonly verdict: Pick<Verdict, 'exitCode' | 'word' | 'orders' | 'chaos'>;
  readonly directory: string;
}

export interface Day {
  readonly rehearsed: readonly Rehearsed[];
  /** What an experiment met that came to no verdict; `null` when there was none. */
  readonly failure: { readonly experiment: string; readonly cause: Error } | null;
}

const HEADING = ['experiment', 'verdict', 'acknowledged', 'lost', 'duplicated', 'well again after', 'run'];

/** Those that were not begun or came to no verdict, too. Recovery as the bounds count it: the longest, from heal for a fault that lasts, from inject for one that is over at once. */
export function renderDay({ rehearsed, failure }: Day, planned: readonly { readonly name: string }[]): string {
  const rows = rehearsed.map(({ experiment, verdict: { exitCode, word, orders, chaos }, directory }) => [
    ...[experiment, `${word} (exit ${exitCode})`, count(orders.acknowledged), count(orders.fates.lost)],
    ...[count(orders.duplicated), longestRecovery(chaos?.faults ?? []), directory],
  ]);
  const left = planned
    .slice(rehearsed.length)
    .map(({ name }) => [name, name === failure?.experiment ? 'no verdict' : 'not begun']);
  return `\ngame day\n${alignColumns([HEADING, ...rows, ...left]).join('\n')}\n`;
}

function longestRecovery(faults: readonly FaultReport[]): string {
  const lengths = faults.map(recoveryMsOf);
  const seen = lengths.filter((ms) => ms !== null);
  return seen.length === 0 || seen.length < lengths.length ? 'not seen' : duration(Math.max(...seen));
}
