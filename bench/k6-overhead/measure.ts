// One measurement: one generator under one load, watched while all of its users are at work.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { Generator, Load, StartGenerator } from '../generator.ts';
import { type ProcessFigures, processFigures } from '../process-figures.ts';
import type { StubServer } from '../stub-server.ts';
import { watchTree } from '../watch-process.ts';

const SETTLE_MS = 2_000;
const START_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 100;

export interface Measurement {
  /** Requests that the server saw per second of CPU time of the generator, while all users were at work. */
  readonly requestsPerCpuSecond: number;
  readonly requestsPerSecond: number;
  /** CPU time per second, 1 is one core. */
  readonly cpus: number;
  /** From the start to the end of the process, start-up and closing of files among them. */
  readonly peakRssBytes: number;
  /** The same as the first figure over the whole life of the process. */
  readonly wholeRequestsPerCpuSecond: number;
}

/** Takes start-up and ramp, which come first and are not counted, and then `seconds`. */
export async function measure(
  start: StartGenerator,
  server: StubServer,
  { load, seconds }: { readonly load: Load; readonly seconds: number },
): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), 'stampede-bench-'));
  try {
    const before = await server.requests();
    const generator = await start(server.baseUrl, load, folder);
    const watch = watchTree(generator.pid);
    const steady = await steadyFigures(generator, server, { load, seconds, before }).finally(() => generator.stop());
    const whole = watch.stop();
    await requireWholeHistory(folder);
    const requests = (await server.requests()) - before;
    return { ...steady, peakRssBytes: whole.peakRssBytes, wholeRequestsPerCpuSecond: requests / whole.cpuSeconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function steadyFigures(
  { pid }: Generator,
  server: StubServer,
  { load, seconds, before }: { readonly load: Load; readonly seconds: number; readonly before: number },
) {
  await untilLoad(pid, server, before);
  await pass(load.rampS * 1000 + SETTLE_MS);
  const from = await look(pid, server);
  await pass(seconds * 1000);
  const to = await look(pid, server);
  const requests = to.requests - from.requests;
  const cpuSeconds = to.figures.cpuSeconds - from.figures.cpuSeconds;
  const wallSeconds = (to.atMs - from.atMs) / 1000;
  return {
    requestsPerCpuSecond: requests / cpuSeconds,
    requestsPerSecond: requests / wallSeconds,
    cpus: cpuSeconds / wallSeconds,
  };
}

/** A thousand users take seconds to be made: the load begins with the first request. */
async function untilLoad(pid: number, server: StubServer, before: number): Promise<void> {
  const deadlineMs = performance.now() + START_LIMIT_MS;
  while ((await server.requests()) === before) {
    aliveFigures(pid);
    if (performance.now() > deadlineMs) throw new Error(`k6 sent nothing within ${START_LIMIT_MS / 1000} s`);
    await pass(LOOK_EVERY_MS);
  }
}

async function look(pid: number, server: StubServer) {
  const requests = await server.requests();
  return { requests, figures: aliveFigures(pid), atMs: performance.now() };
}

function aliveFigures(pid: number): ProcessFigures {
  const figures = processFigures(pid);
  if (figures === null) throw new Error('k6 ended before the measurement did; run it again to see why');
  return figures;
}

/** The suite's generator is only as cheap as it is honest: a history that lost lines was not measured. Plain k6 has none. */
async function requireWholeHistory(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'history.ndjson'), 'utf8').catch(() => null);
  if (text === null) return;
  const last = text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
  const { type, lostLines } = JSON.parse(last) as { readonly type: string; readonly lostLines?: number };
  if (type !== 'end' || lostLines !== 0) throw new Error(`the history is not whole; it ends with ${last}`);
}
