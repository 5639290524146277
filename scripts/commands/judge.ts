// `stampede judge`: judges a run directory again, from its files alone.

import type { Command } from 'commander';
import { runDirectoryAt } from '../../reports/store/run-directory.ts';
import { report } from './report.ts';

export function register(program: Command): void {
  program
    .command('judge')
    .description('judge a run directory again, from its files alone, and write its reports anew')
    .argument('<directory>', 'a run directory, such as runs/<id>')
    .addHelpText(
      'after',
      `
Exit codes: those of the run, by what its files say:
            0 pass · 1 a bound broken · 2 lost, contradicted or duplicated · 4 not recovered in time · 5 inconclusive
            6 stopped by hand or by a guard · 7 a fault may still be active
            64 no run directory · 69 the target turned every order away · 70 a defect of the suite`,
    )
    .action(async (directory: string) => {
      await report(runDirectoryAt(directory));
    });
}
