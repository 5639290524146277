// `stampede logs`: the last lines of what the processes of a testbed wrote.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typed } from '../lib/machine/typed.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import { type Instance, instanceOf } from './instance.ts';

export interface LogsOptions {
  /** Name of the instance; the clone's own when absent. */
  readonly instance?: string;
  /** One process; all when absent. Beside the supervised ones there are `supervisor` and `migrate`. */
  readonly process?: string;
  /** How many lines of each log, from its end. */
  readonly lines: number;
}

export interface ProcessLog {
  readonly process: string;
  readonly path: string;
  readonly lines: readonly string[];
}

const SUFFIX = '.log';

/** The ends of the logs. Throws a StampedeError: 69 when there is no testbed, 64 for a process that has no log. */
export function logs(options: LogsOptions): readonly ProcessLog[] {
  const instance = instanceOf(options.instance);
  const names = logNames(instance);
  if (options.process !== undefined && !names.includes(options.process)) {
    throw new StampedeError(`there is no log of "${options.process}"`, {
      exitCode: EXIT.usage,
      hint: `There are: ${names.join(', ')}.`,
    });
  }
  return names
    .filter((name) => options.process === undefined || name === options.process)
    .map((name) => ({ process: name, path: logFile(instance, name), lines: lastLines(instance, name, options.lines) }));
}

export function logFile(instance: Instance, process: string): string {
  return join(instance.logs, `${process}${SUFFIX}`);
}

/** The last lines of a log; none when there is no such log. */
export function lastLines(instance: Instance, process: string, count: number): readonly string[] {
  try {
    const lines = readFileSync(logFile(instance, process), 'utf8').trimEnd().split('\n');
    return count === 0 ? [] : lines.slice(-count);
  } catch {
    return [];
  }
}

function logNames(instance: Instance): readonly string[] {
  try {
    const logs = readdirSync(instance.logs).filter((name) => name.endsWith(SUFFIX));
    return logs.map((name) => name.slice(0, -SUFFIX.length)).sort();
  } catch (cause) {
    throw new StampedeError(`there is no testbed ${instance.name}`, {
      exitCode: EXIT.unavailable,
      hint: `Start it: ${typed('up', instance.name)}`,
      cause,
    });
  }
}
