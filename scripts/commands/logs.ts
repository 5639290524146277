// `stampede logs`: what the processes of the embedded order platform wrote.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from 'commander';
import { typed } from '../../lib/machine/typed.ts';
import { logs } from '../../testbed/testbed.ts';
import { wholeNumber } from './option-values.ts';

interface LogsCommandOptions {
  readonly instance?: string;
  readonly lines: number;
  readonly follow?: boolean;
}

export function register(program: Command): void {
  program
    .command('logs')
    .description('show the last log lines of the embedded order platform')
    .argument('[process]', `one process, as ${typed('status')} names it (default: all)`)
    .option('--instance <name>', "name of the testbed (default: this clone's own)")
    .option('--lines <count>', 'how many lines of each log', wholeNumber, 20)
    .option('--follow', 'go on as lines are written, until interrupted')
    .action(run);
}

async function run(process: string | undefined, { follow, ...options }: LogsCommandOptions): Promise<void> {
  const found = logs({ ...options, ...(process !== undefined && { process }) });
  if (follow)
    return tail(
      found.map((log) => log.path),
      options.lines,
    );
  for (const log of found) {
    if (found.length > 1) console.log(`==> ${log.process} <==`);
    console.log(log.lines.join('\n'));
  }
}

/** The system's own `tail` also follows a log that was rotated. The terminal's interrupt reaches it as well and ends both. */
async function tail(paths: readonly string[], lines: number): Promise<void> {
  const child = spawn('tail', ['--lines', String(lines), '-F', ...paths], { stdio: 'inherit' });
  await once(child, 'close');
}
