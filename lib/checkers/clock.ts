// Whether the clocks can be trusted: no step of the wall clock during the run, no offset between writers on the same machine.

import type { ClockReading } from '../model/history.ts';
import type { Checker } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { duration } from './wording.ts';

/** From docs/adr/0001-history.md: beyond this, timings across sources are inconclusive. */
const TOLERANCE_MS = 50;

interface Reading extends ClockReading {
  readonly source: string;
}

/** Between two readings on one machine, the wall clock's lead over the monotonic clock may change by the tolerance only. */
export const clock: Checker = (evidence) => {
  const readings = readingsOf(evidence);
  const common = { id: 'clock', kind: 'measurement' as const, promised: true };
  if (readings.length < 2) {
    return [{ ...common, status: 'inconclusive', message: 'the clocks were not read at begin and end' }];
  }
  const machines = new Set(readings.map((reading) => reading.bootId));
  if (machines.size > 1) {
    const message = `the writers ran on ${machines.size} machines, whose clocks cannot be compared`;
    return [{ ...common, status: 'inconclusive', message }];
  }
  const [least, most] = extremes(readings);
  const apartMs = leadMs(most) - leadMs(least);
  const evidenceOf = { apartMs, between: [least.source, most.source] };
  if (apartMs > TOLERANCE_MS) {
    const message = `the wall clock was stepped, or two clocks differ, by ${duration(apartMs)} (${least.source}, ${most.source}): times across sources do not fit together`;
    return [{ ...common, status: 'inconclusive', message, evidence: evidenceOf }];
  }
  return [{ ...common, status: 'pass', message: `all clocks agree within ${duration(apartMs)}`, evidence: evidenceOf }];
};

function readingsOf({ run, history, finalReads, chaos }: Evidence): readonly Reading[] {
  const records = [history, finalReads, chaos].filter((record) => record !== undefined && record !== null);
  const writers = records.flatMap(({ condition }) => condition.writers);
  const own = run.clocks.map((reading, index) => ({ ...reading, source: `suite, reading ${index + 1}` }));
  const written = writers.flatMap(({ generator, begin, end }) => [
    ...(begin === null ? [] : [{ ...begin, source: `${generator} at begin` }]),
    ...(end === null ? [] : [{ ...end.clock, source: `${generator} at end` }]),
  ]);
  return [...own, ...written];
}

function leadMs({ wallMs, monotonicMs }: ClockReading): number {
  return wallMs - monotonicMs;
}

function extremes(readings: readonly Reading[]): readonly [Reading, Reading] {
  const [first, ...rest] = readings as readonly [Reading, ...Reading[]];
  return [
    rest.reduce((least, reading) => (leadMs(reading) < leadMs(least) ? reading : least), first),
    rest.reduce((most, reading) => (leadMs(reading) > leadMs(most) ? reading : most), first),
  ];
}
