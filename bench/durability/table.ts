// The table of `bench durability`: a line for each mode and fault, over all its runs.

import { count, duration } from '../../lib/checkers/wording.ts';
import type { FaultName, MessageFigures, Mode } from '../../lib/model/message.ts';
import type { Aim } from '../outcome.ts';
import { runsShown } from '../runs-shown.ts';

/** One run, as its verdict tells it. */
export interface Followed {
  readonly mode: Mode;
  readonly fault: FaultName;
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly run: string;
  /** `null`, as `figures`, when the run came to no verdict. */
  readonly brokerVersion: string | null;
  readonly figures: MessageFigures | null;
}

const HEADING = [
  ...['mode', 'fault', 'runs', 'published', 'acked', 'unknown', 'at risk', 'delivered', 'redelivered', 'lost'],
  ...['duplicated', 'without progress'],
];

/** Messages are sums over the runs, `at risk` is the least of them, `without progress` the longest; `duplicated` is those that nothing explains. */
export function tableOf(all: readonly Followed[]): readonly (readonly string[])[] {
  const groups = Map.groupBy(all, ({ mode, fault }) => `${mode} ${fault}`);
  return [HEADING, ...Array.from(groups.values(), rowOf)];
}

function rowOf(runs: readonly Followed[]): readonly string[] {
  const figures = figuresOf(runs);
  const [first] = runs;
  const sum = (of: (one: MessageFigures) => number): string =>
    count(figures.reduce((total, one) => total + of(one), 0));
  const gapMs = Math.max(...figures.map(({ longestGapMs }) => longestGapMs ?? 0));
  return [
    first?.mode ?? '',
    first?.fault ?? '',
    runsShown(runs.length, figures.length),
    sum(({ published }) => published),
    sum(({ acked }) => acked),
    sum(({ unknown }) => unknown),
    figures.length === 0 ? '?' : count(Math.min(...figures.map(({ atRisk }) => atRisk))),
    sum(({ deliveries }) => deliveries),
    sum(({ redelivered }) => redelivered),
    sum(({ lost }) => lost),
    sum(({ duplicated }) => duplicated.unexplained),
    duration(gapMs),
  ];
}

/** Nothing lost, nothing doubled without a reason, nothing left open. A run without figures, or with queues that were not read to their end, misses the last one. */
export function aimsOf(all: readonly Followed[]): readonly Aim[] {
  const lost = sumOf(all, ({ lost: messages }) => messages);
  const unexplained = sumOf(all, ({ duplicated }) => duplicated.unexplained);
  const passed = all.filter(({ exitCode, figures }) => exitCode === 0 && figures !== null).length;
  return [
    { what: 'messages lost', aim: '0', measured: count(lost), met: lost === 0 },
    { what: 'duplicates without explanation', aim: '0', measured: count(unexplained), met: unexplained === 0 },
    { what: 'runs with exit 0', aim: `${all.length}`, measured: `${passed}`, met: passed === all.length },
  ];
}

function sumOf(all: readonly Followed[], figure: (figures: MessageFigures) => number): number {
  return figuresOf(all).reduce((sum, figures) => sum + figure(figures), 0);
}

function figuresOf(runs: readonly Followed[]): readonly MessageFigures[] {
  return runs.flatMap(({ figures }) => (figures === null ? [] : [figures]));
}
