// `stampede judge`: judges a run directory again, from its files alone.

import type { Command } from 'commander';
import { runDirectoryAt } from '../../reports/store/run-directory.ts';
import { report } from './report.ts';

export function register(program: Command): void {
  program
    .command('judge')
    .description('judge a run directory again, from its files alone, and write its reports anew')
    .argument('<directory>', 'a run directory, such as runs/<id>')
    .action(async (directory: string) => {
      await report(runDirectoryAt(directory));
    });
}
