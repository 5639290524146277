// The doctor's look at the machine: memory, disk, file descriptors and clock.

import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from '../../lib/machine/cache-folder.ts';
import type { Check, Health } from './check.ts';

const GIB = 1024 ** 3;
/** Three broker nodes, database, six services and 1,000 virtual users took about 2.5 GiB within half an hour. */
const MEMORY = { enoughBytes: 3 * GIB, leastBytes: 1.5 * GIB };
/** k6 with Go's build cache takes 2 GiB; broker, database and history of a long run some more. */
const DISK = { enoughBytes: 6 * GIB, leastBytes: 2 * GIB };
/** 1,000 virtual users hold a connection to each of two services, at both ends. */
const ENOUGH_DESCRIPTORS = 4096;
/** A wall clock that steps by more than this beside the monotonic one makes the timings of a run inconclusive. */
const CLOCK_STEP_LIMIT_MS = 50;
const CLOCK_SAMPLE_MS = 300;

export async function checkMachine(): Promise<Check[]> {
  return [
    checkMemory(process.availableMemory()),
    await checkDisk(),
    checkDescriptors(readLimits()),
    await checkClock(),
  ];
}

/** `bytes`: what this process could still have, within the limits of its container. */
export function checkMemory(bytes: number): Check {
  const seen = `${gib(bytes)} available`;
  const advice = `The embedded platform wants ${gib(MEMORY.enoughBytes)}: end other programs, or give the machine more.`;
  return graded('memory', grade(bytes, MEMORY), seen, advice);
}

async function checkDisk(): Promise<Check> {
  const folder = nearestExisting(cacheFolder());
  const { bavail, bsize } = await statfs(folder);
  const bytes = bavail * bsize;
  const seen = `${gib(bytes)} free at ${folder}`;
  const advice = `Free some: ${gib(DISK.enoughBytes)} are enough. Or set STAMPEDE_HOME to a folder on a larger disk.`;
  return graded('disk', grade(bytes, DISK), seen, advice);
}

/** From the text of /proc/self/limits. Soft limits do not matter: Node and Go raise them to the hard one. */
export function checkDescriptors(limits: string): Check {
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1] ?? 'unknown';
  const isEnough = hard === 'unlimited' || Number(hard) >= ENOUGH_DESCRIPTORS;
  const advice = `1,000 concurrent orders need ${ENOUGH_DESCRIPTORS}: raise "ulimit -Hn" before the run.`;
  return graded('file descriptors', isEnough ? 'ok' : 'limited', `${hard} per process`, advice);
}

async function checkClock(): Promise<Check> {
  const wallMs = Date.now();
  const monotonicMs = performance.now();
  await delay(CLOCK_SAMPLE_MS);
  const stepMs = Math.abs(Date.now() - wallMs - (performance.now() - monotonicMs));
  const advice = 'Something steps the wall clock: wait until time synchronisation has settled.';
  const seen = `wall clock and monotonic clock differ by ${stepMs.toFixed(1)} ms over ${CLOCK_SAMPLE_MS} ms`;
  return graded('clock', stepMs <= CLOCK_STEP_LIMIT_MS ? 'ok' : 'limited', seen, advice);
}

function grade(bytes: number, { enoughBytes, leastBytes }: { enoughBytes: number; leastBytes: number }): Health {
  if (bytes >= enoughBytes) return 'ok';
  return bytes >= leastBytes ? 'limited' : 'blocking';
}

function graded(name: string, health: Health, seen: string, advice: string): Check {
  return health === 'ok' ? { name, health, seen } : { name, health, seen, advice };
}

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(dirname(folder));
}

function readLimits(): string {
  return readFileSync('/proc/self/limits', 'utf8');
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
