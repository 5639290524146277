// Whether the load generator's memory grows with the length of a run: one long load of shoppers, looked at every ten seconds.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { type Generator, stampedeGenerator } from '../generator.ts';
import type { Outcome } from '../outcome.ts';
import { processFigures } from '../process-figures.ts';
import { type StubServer, startStub } from '../stub-server.ts';
import { growthOf, type MemorySample, minuteTable } from './growth.ts';

export interface MemoryOptions {
  readonly minutes: number;
  /** What comes before is not judged: users, connections and buffers are still being made. */
  readonly warmUpMinutes: number;
  readonly users: number;
}

const EVERY_MS = 10_000;
const MS_PER_MINUTE = 60_000;
const RAMP_S = 30;
const SPARE_S = 120;
const MOST_GROWTH = 0.05;

/** Takes `minutes`. Throws when k6 ends before. */
export async function benchMemory(options: MemoryOptions, say: (line: string) => void): Promise<Outcome> {
  const start = await stampedeGenerator();
  const server = await startStub();
  const folder = await mkdtemp(join(tmpdir(), 'stampede-bench-'));
  try {
    const thinkTime = { minMs: 1000, maxMs: 5000 };
    const load = { users: options.users, thinkTime, rampS: RAMP_S, holdS: options.minutes * 60 + SPARE_S };
    const generator = await start(server.baseUrl, load, folder);
    const samples = await sampled(generator, server, options, say).finally(() => generator.stop());
    return outcomeOf(options, samples);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function sampled(
  { pid }: Generator,
  server: StubServer,
  { minutes }: MemoryOptions,
  say: (line: string) => void,
): Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  const startMs = performance.now();
  for (let dueMs = 0; dueMs <= minutes * MS_PER_MINUTE; dueMs += EVERY_MS) {
    await pass(Math.max(0, startMs + dueMs - performance.now()));
    const figures = processFigures(pid);
    if (figures === null) throw new Error(`k6 ended after ${Math.round(dueMs / 1000)} s; run it again to see why`);
    samples.push({ atMs: dueMs, rssBytes: figures.rssBytes, requests: await server.requests() });
    if (dueMs % MS_PER_MINUTE === 0) say(`minute ${dueMs / MS_PER_MINUTE} of ${minutes}`);
  }
  return samples;
}

function outcomeOf({ minutes, warmUpMinutes, users }: MemoryOptions, samples: readonly MemorySample[]): Outcome {
  const growth = growthOf(samples, warmUpMinutes * MS_PER_MINUTE);
  const measured = `${(growth * 100).toFixed(1)} %`;
  const what = `growth from minute ${warmUpMinutes} to minute ${minutes}`;
  return {
    bench: 'memory',
    parameters: { minutes, 'warm-up': warmUpMinutes, users },
    table: minuteTable(samples),
    aims: [{ what, aim: `< ${MOST_GROWTH * 100} %`, measured, met: growth < MOST_GROWTH }],
    notes: ['Growth: median of the last minute against the median of the first minute after the warm-up.'],
    measurements: samples,
  };
}
