// `stampede status`: what of the embedded order platform runs and is ready. Exit code 0 when all of it is.

import type { Command } from 'commander';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { instanceOf, status } from '../../testbed/testbed.ts';
import { statusTable, testbedNotes } from './testbed-text.ts';

export function register(program: Command): void {
  program
    .command('status')
    .description('show the processes of the embedded order platform; exit code 69 unless all are ready')
    .option('--instance <name>', "name of the testbed (default: this clone's own)")
    .option('--json', 'as JSON, for programs')
    .addHelpText('after', '\nExit codes: 0 all is ready · 64 wrong usage · 69 there is none, or not all of it is ready')
    .action(run);
}

async function run({ json, ...options }: { readonly instance?: string; readonly json?: boolean }): Promise<void> {
  const seen = await status(options);
  if (seen === null) {
    const { instance } = options;
    throw new StampedeError(`there is no testbed ${instanceOf(instance).name}`, {
      exitCode: EXIT.unavailable,
      hint: `Start it: ${typed('up', instance)}`,
    });
  }
  console.log(json ? JSON.stringify(seen, null, 2) : [statusTable(seen), ...testbedNotes(seen)].join('\n'));
  process.exitCode = seen.ready ? EXIT.pass : EXIT.unavailable;
}
