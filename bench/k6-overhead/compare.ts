// From paired measurements to a table and to the aims: ratios are taken within a pair, where the machine was the same.

import { megabytes } from '../megabytes.ts';
import type { Aim } from '../outcome.ts';
import { type Spread, spreadOf } from '../statistics.ts';
import type { Measurement } from './measure.ts';
import { VARIANTS, type Variant } from './variants.ts';

/** One measurement of each variant, one after the other. */
export type Round = Readonly<Record<Variant, Measurement>>;

export interface Phase {
  readonly name: string;
  readonly rounds: readonly Round[];
}

/** At least this much work per CPU-second of plain k6. */
const WORK_RATIO = 0.9;
const MEMORY_RATIO = 1;

const HEADINGS = ['load', 'generator', 'requests per CPU-s', 'of plain k6', 'whole life', 'requests/s', 'peak memory'];

export function tableOf(phases: readonly Phase[]): readonly (readonly string[])[] {
  return [HEADINGS, ...phases.flatMap((phase) => VARIANTS.map((variant) => rowOf(phase, variant)))];
}

function rowOf({ name, rounds }: Phase, variant: Variant): readonly string[] {
  const figure = (of: (measurement: Measurement) => number): Spread =>
    spreadOf(rounds.map((round) => of(round[variant])));
  return [
    name,
    variant,
    whole(figure((each) => each.requestsPerCpuSecond)),
    ratio(ratios(rounds, variant, (each) => each.requestsPerCpuSecond)),
    ratio(ratios(rounds, variant, (each) => each.wholeRequestsPerCpuSecond)),
    figure((each) => each.requestsPerSecond).median.toFixed(0),
    megabytes(figure((each) => each.peakRssBytes).median),
  ];
}

/** The aims of Stampede against plain k6 at its default settings. `withUsers` is the phase whose memory counts. */
export function aimsOf(phases: readonly Phase[], withUsers: Phase): readonly Aim[] {
  const work = phases.map((phase) => {
    const spread = ratios(phase.rounds, 'stampede', (each) => each.requestsPerCpuSecond);
    const what = `requests per CPU-second of plain k6, ${phase.name}`;
    return { what, aim: `>= ${WORK_RATIO}`, measured: ratio(spread), met: spread.median >= WORK_RATIO };
  });
  const memory = ratios(withUsers.rounds, 'stampede', (each) => each.peakRssBytes);
  const what = `peak memory of plain k6, ${withUsers.name}`;
  return [...work, { what, aim: `<= ${MEMORY_RATIO}`, measured: ratio(memory), met: memory.median <= MEMORY_RATIO }];
}

function ratios(rounds: readonly Round[], variant: Variant, of: (measurement: Measurement) => number): Spread {
  return spreadOf(rounds.map((round) => of(round[variant]) / of(round['plain k6'])));
}

function ratio({ median, least, most }: Spread): string {
  return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
}

function whole({ median, least, most }: Spread): string {
  return `${median.toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)})`;
}
