// Runs k6 as a child in a process group of its own, so that one Ctrl-C reaches it exactly once, through us.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { PLAN_VARIABLE } from '../lib/config/load-plan.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import type { GeneratorExit } from '../lib/model/run.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import { redactedLines } from './redacted-log.ts';

export interface K6Launch {
  readonly binary: string;
  /** The bundled scenario. */
  readonly script: string;
  /** The load plan file (lib/config/load-plan.ts). */
  readonly plan: string;
  /** Where history.ndjson and timeline.ndjson are to be written. */
  readonly directory: string;
  readonly run: string;
  readonly generator: string;
  readonly log: string;
  /** What the target asks for (runner/load-secrets.ts). */
  readonly environment: Readonly<Record<string, string>>;
}

export interface K6Process {
  readonly pid: number;
  /** Resolves when k6 is gone, however it ended. */
  readonly exited: Promise<GeneratorExit>;
  /** Asks k6 to end: iterations are cut, outputs are closed. Once only: a second request would make it drop its files. */
  stop(): void;
  /** Ends it at once; the history then has no end line. */
  kill(): void;
}

/** Judging is done by the checkers, so thresholds and summary are off: with them, k6 keeps every sample in memory. */
function k6Arguments(launch: K6Launch): string[] {
  return [
    'run',
    '--quiet',
    '--no-thresholds',
    '--summary-mode=disabled',
    '--no-usage-report',
    '-o',
    `stampede=${launch.directory}`,
    launch.script,
  ];
}

/** Only what k6 needs: the surrounding environment could change k6's options, and scripts can read all of it. */
function k6Environment(launch: K6Launch): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    STAMPEDE_RUN: launch.run,
    STAMPEDE_GENERATOR: launch.generator,
    // When this process is killed, k6 sees that and stops the load.
    STAMPEDE_PARENT: String(process.pid),
    [PLAN_VARIABLE]: launch.plan,
    ...launch.environment,
  };
}

/** Starts k6. StampedeError 69 when the binary cannot be started. */
export async function startK6(launch: K6Launch): Promise<K6Process> {
  const child = spawn(launch.binary, k6Arguments(launch), {
    detached: true,
    env: k6Environment(launch),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = await started(child, launch.binary);
  const logged = keepLog(child, launch.log);
  let stopRequested = false;
  return {
    pid,
    exited: whenGone(child, logged, launch.generator),
    stop: () => {
      if (!stopRequested) child.kill('SIGINT');
      stopRequested = true;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Version of k6 as the binary tells it, e.g. `2.2.0`. StampedeError 69 when it cannot be started or says something else. */
export async function k6Version(binary: string): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, ['version']).catch((cause: Error) => {
    throw unusable(binary, cause.message, cause);
  });
  const version = /^k6 v(\S+)/.exec(stdout)?.[1];
  if (version === undefined) throw unusable(binary, `it says of its version: ${stdout.slice(0, 200).trim()}`);
  return version;
}

function started(child: ChildProcess, binary: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid as number));
    child.once('error', (cause) => reject(unusable(binary, cause.message, cause)));
  });
}

function unusable(binary: string, why: string, cause?: Error): StampedeError {
  return new StampedeError(`k6 could not be started (${binary}): ${why}`, {
    exitCode: EXIT.unavailable,
    hint: 'run `npx stampede doctor`',
    cause,
  });
}

/** Both streams into one log file, without secrets. A log that cannot be written (disk full) must not block k6, so the rest is then read and dropped. */
async function keepLog(child: ChildProcess, path: string): Promise<void> {
  const log = createWriteStream(path, { flags: 'a' });
  log.on('error', () => {});
  const copy = async (stream: Readable | null): Promise<void> => {
    if (stream === null) return;
    await pipeline(redactedLines(stream), log, { end: false }).catch(() => void stream.resume());
  };
  await Promise.all([copy(child.stdout), copy(child.stderr)]);
  log.end();
  await finished(log).catch(() => undefined);
}

function whenGone(child: ChildProcess, logged: Promise<void>, generator: string): Promise<GeneratorExit> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => {
      void logged.then(() => resolve({ generator, exitCode, signal }));
    });
  });
}
