// Runs the command line as a user does, for the end-to-end tests.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../../lib/model/verdict.ts';
import { allPids, commandLineOf } from '../../testbed/processes/process-tree.ts';

/** The clone. */
export const ROOT = new URL('../../', import.meta.url).pathname;

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `stampede …` in a process group of its own; `root` is another copy of the suite. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}, root = ROOT): Running {
  return launch(['node', join(root, 'scripts', 'stampede.mjs'), ...args], env, root);
}

/** The same for any command line, such as `stampede` below another program. */
export function launch([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv = {}, root = ROOT): Running {
  const child = spawn(program, args, {
    cwd: root,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: exitCode as number | null, stdout, stderr }));
  return { child, ended };
}

export function stampede(...args: readonly string[]): Promise<Ended> {
  return start(args).ended;
}

/** The one run directory below `runs`. */
export function onlyRun(runs: string): string {
  const names = readdirSync(runs);
  if (names.length !== 1) throw new Error(`expected one run below ${runs}, found ${names.join(', ') || 'none'}`);
  return join(runs, names[0] as string);
}

export function verdictOf(runDirectory: string): Verdict {
  return JSON.parse(readFileSync(join(runDirectory, 'verdict.json'), 'utf8')) as Verdict;
}

/** The lines of an NDJSON file as plain objects; a torn last line is left out. */
export function linesOf(path: string): Record<string, unknown>[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop();
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Pids of processes whose command line contains `text`. */
export function processesWith(text: string): readonly number[] {
  return allPids().filter((pid) => pid !== process.pid && commandLineOf(pid).join(' ').includes(text));
}
