// From measurements to a table and to the aims: ratios are taken within a round, where the machine was the same.

import { count } from '../../lib/checkers/wording.ts';
import type { Aim } from '../outcome.ts';
import { type Spread, spreadOf } from '../statistics.ts';
import type { Measurement } from './measure.ts';

/** The name of the bare program of each task, and what is measured against it with the least share that it should reach. */
export const TASKS = {
  'bare publish': { publishMany: { perCpu: 0.7, wall: 0.95 }, publish: { perCpu: 0.5, wall: 0.8 } },
  'bare consume': { consume: { perCpu: 0.5, wall: 0.8 } },
} as const;

export type ProgramName = 'bare publish' | 'publishMany' | 'publish' | 'bare consume' | 'consume';
/** One measurement of each program, one after the other. */
export type Round = Readonly<Record<ProgramName, Measurement>>;

interface Least {
  readonly perCpu: number;
  readonly wall: number;
}

const perCpu = ({ messages, cpuSeconds }: Measurement) => messages / cpuSeconds;
const perSecond = ({ messages, seconds }: Measurement) => messages / seconds;

export function tableOf(rounds: readonly Round[]): readonly (readonly string[])[] {
  const rows = Object.entries(TASKS).flatMap(([bare, measured]) =>
    [bare, ...Object.keys(measured)].map((name) => rowOf(rounds, name as ProgramName, bare as ProgramName)),
  );
  return [['', 'messages', 'per s', 'of bare', 'per CPU-s', 'of bare'], ...rows];
}

function rowOf(rounds: readonly Round[], name: ProgramName, bare: ProgramName): readonly string[] {
  const median = (of: (one: Measurement) => number) => spreadOf(rounds.map((round) => of(round[name]))).median;
  const [wall, cpu] = [perSecond, perCpu].map((of) => ratioText(ratios(rounds, name, bare, of)));
  const messages = rounds.reduce((sum, round) => sum + round[name].messages, 0);
  return [
    name,
    count(messages),
    count(Math.round(median(perSecond))),
    wall ?? '',
    count(Math.round(median(perCpu))),
    cpu ?? '',
  ];
}

export function aimsOf(rounds: readonly Round[]): readonly Aim[] {
  return Object.entries(TASKS).flatMap(([bare, measured]) =>
    Object.entries(measured as Record<string, Least>).flatMap(([name, least]) => [
      aim(`${name}: messages per CPU-second of ${bare}`, least.perCpu, ratios(rounds, name, bare, perCpu)),
      aim(`${name}: messages per second of ${bare}`, least.wall, ratios(rounds, name, bare, perSecond)),
    ]),
  );
}

function aim(what: string, least: number, spread: Spread): Aim {
  return { what, aim: `>= ${least}`, measured: ratioText(spread), met: spread.median >= least };
}

function ratios(rounds: readonly Round[], name: string, bare: string, of: (one: Measurement) => number): Spread {
  return spreadOf(rounds.map((round) => of(round[name as ProgramName]) / of(round[bare as ProgramName])));
}

function ratioText({ median, least, most }: Spread): string {
  return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
}
