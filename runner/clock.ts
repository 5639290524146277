// The clocks of the Node side: a monotonic time base for timeMs, and readings by which steps and offsets are seen.

import { readFileSync } from 'node:fs';
import type { ClockReading } from '../lib/model/history.ts';

const NANOSECONDS_PER_MS = 1e6;

/** CLOCK_MONOTONIC in ms, as the Go side reads it too. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / NANOSECONDS_PER_MS;
}

/** Longest time between the two halves of a reading; a pause of the process there would look like a stepped clock. */
const READING_MS = 2;
const ATTEMPTS = 10;

/** Both clocks now. bootId tells whether two readings' monotonic parts can be compared; empty where the system has none. */
export function readClock(): ClockReading {
  let [before, wallMs, after] = [monotonicMs(), Date.now(), monotonicMs()];
  for (let attempt = 1; attempt < ATTEMPTS && after - before > READING_MS; attempt++) {
    [before, wallMs, after] = [monotonicMs(), Date.now(), monotonicMs()];
  }
  return { wallMs, monotonicMs: (before + after) / 2, bootId: bootId() };
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** Epoch milliseconds that a step of the wall clock does not touch: the wall clock at the start, carried on by the monotonic one. */
export class SteadyClock {
  readonly start: ClockReading = readClock();

  nowMs(): number {
    return this.start.wallMs + (monotonicMs() - this.start.monotonicMs);
  }
}
