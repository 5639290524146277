// The clocks of the Node side: a monotonic time base for timeMs, and readings by which steps and offsets are seen.

import { readFileSync } from 'node:fs';
import type { ClockReading } from '../lib/model/history.ts';

const NANOSECONDS_PER_MS = 1e6;

/** CLOCK_MONOTONIC in ms, as the Go side reads it too. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / NANOSECONDS_PER_MS;
}

/** Both clocks now. bootId tells whether two readings' monotonic parts can be compared; empty where the system has none. */
export function readClock(): ClockReading {
  return { wallMs: Date.now(), monotonicMs: monotonicMs(), bootId: bootId() };
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
