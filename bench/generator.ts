// A k6 process that makes load for a bench, whichever k6 it is, and the load that it makes.

import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadPlan } from '../lib/config/load-plan.ts';
import type { Profile, ThinkTime } from '../lib/model/profile.ts';
import { startK6 } from '../runner/k6-process.ts';
import { bundleOf } from '../scripts/setup/bundle-scenario.ts';
import { ensureK6 } from '../scripts/setup/ensure-k6.ts';

export interface Load {
  readonly users: number;
  readonly thinkTime: ThinkTime;
  readonly rampS: number;
  /** How long all users stay; a bench ends the load before. */
  readonly holdS: number;
}

export interface Generator {
  readonly pid: number;
  /** Asks k6 to end as Ctrl-C does; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts the generator of one measurement; it may write into `folder`, which is empty. */
export type StartGenerator = (baseUrl: string, load: Load, folder: string) => Promise<Generator>;

/** The suite as `stampede gate` runs it: scenario order-ramp, ledger and output `stampede`, thresholds and summary off. */
export async function stampedeGenerator(): Promise<StartGenerator> {
  const binary = await ensureK6();
  const script = await bundleOf('order-ramp');
  return async (baseUrl, load, folder) => {
    const plan = join(folder, 'load-plan.json');
    await writeFile(plan, JSON.stringify(loadPlan(baseUrl, load)));
    const log = join(folder, 'k6.log');
    const k6 = await startK6({
      binary,
      script,
      plan,
      directory: folder,
      run: 'bench',
      generator: 'g1',
      log,
      environment: {},
    });
    return {
      pid: k6.pid,
      stop: async () => {
        k6.stop();
        await k6.exited;
      },
    };
  };
}

/** Any k6 with these arguments and this environment; what it prints goes to k6.log in `folder`. */
export async function startPlainK6(
  binary: string,
  args: readonly string[],
  { folder, env }: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
): Promise<Generator> {
  // In a session of its own like the suite's k6, because Linux shares out a busy machine by session.
  const child = spawn(binary, args, { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const log = createWriteStream(join(folder, 'k6.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return {
    pid: await pidOf(child),
    stop: async () => {
      child.kill('SIGINT');
      await exited;
      log.end();
    },
  };
}

function pidOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid as number));
    child.once('error', reject);
  });
}

function loadPlan(baseUrl: string, { users, thinkTime, rampS, holdS }: Load): LoadPlan {
  const profile: Profile = {
    name: 'bench',
    about: 'one level, held',
    thinkTime,
    stages: [{ name: String(users), users, rampS, holdS, promised: false }],
    resubmitShare: 0,
    httpTimeoutMs: 15_000,
    awaitTimeoutMs: 30_000,
    stuckAfterMs: 300_000,
  };
  const baseUrls = { shopping: baseUrl, orders: baseUrl };
  return { v: 1, run: 'bench', generator: 'g1', seed: 1, flow: 'seed', baseUrls, profile, thresholds: {} };
}
