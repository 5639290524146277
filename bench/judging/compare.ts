// From judged runs of several lengths to a table and to the aims.

import { BYTES_PER_MB, megabytes } from '../megabytes.ts';
import type { Aim } from '../outcome.ts';

export interface Judged {
  readonly operations: number;
  readonly orders: number;
  readonly wallMs: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

const MILLION = 1e6;
const BYTES_PER_KB = 1e3;
/** Aims of a run of a million operations. */
const WALL_S = 20;
const MEMORY_MB = 400;
/** Time per operation in the longest run against that in the shortest: so much is still called linear. */
const LINEAR = 1.25;

const HEADINGS = ['operations', 'orders', 'wall', 'CPU', 'CPU per operation', 'peak memory', 'memory per order'];

export function tableOf(judged: readonly Judged[]): readonly (readonly string[])[] {
  return [HEADINGS, ...judged.map(rowOf)];
}

function rowOf(run: Judged): readonly string[] {
  return [
    run.operations.toLocaleString('en'),
    run.orders.toLocaleString('en'),
    `${seconds(run.wallMs)} s`,
    `${run.cpuSeconds.toFixed(1)} s`,
    `${cpuMicros(run).toFixed(1)} µs`,
    megabytes(run.peakRssBytes),
    `${(run.peakRssBytes / run.orders / BYTES_PER_KB).toFixed(2)} kB`,
  ];
}

/** Those of a million operations where that was judged, and linearity where there were two lengths. */
export function aimsOf(judged: readonly Judged[]): readonly Aim[] {
  const million = judged.find(({ operations }) => operations === MILLION);
  const [shortest, longest] = [judged.at(0), judged.at(-1)];
  return [
    ...(million === undefined ? [] : millionAims(million)),
    ...(shortest === undefined || longest === undefined || shortest === longest ? [] : [linearAim(shortest, longest)]),
  ];
}

function millionAims(run: Judged): readonly Aim[] {
  return [
    {
      what: 'wall time of a million operations',
      aim: `<= ${WALL_S} s`,
      measured: `${seconds(run.wallMs)} s`,
      met: run.wallMs <= WALL_S * 1000,
    },
    {
      what: 'peak memory of a million operations',
      aim: `<= ${MEMORY_MB} MB`,
      measured: megabytes(run.peakRssBytes),
      met: run.peakRssBytes <= MEMORY_MB * BYTES_PER_MB,
    },
  ];
}

function linearAim(shortest: Judged, longest: Judged): Aim {
  const ratio = cpuMicros(longest) / cpuMicros(shortest);
  const lengths = `${longest.operations.toLocaleString('en')} against ${shortest.operations.toLocaleString('en')}`;
  return {
    what: `CPU time per operation, ${lengths}`,
    aim: `<= ${LINEAR}`,
    measured: ratio.toFixed(2),
    met: ratio <= LINEAR,
  };
}

function cpuMicros({ cpuSeconds, operations }: Judged): number {
  return (cpuSeconds * MILLION) / operations;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
