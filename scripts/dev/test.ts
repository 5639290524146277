// `stampede test`, behind `npm test`: runs the test suites of this project itself.

import { type Command, Option } from 'commander';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { prepare } from '../setup/prepare.ts';
import { runSuites, summary } from './run-suites.ts';
import { type Suite, TIERS } from './suite.ts';
import { SUITES } from './suites.ts';

interface TestOptions {
  readonly tier: string;
  readonly only?: string;
}

export function register(program: Command): void {
  program
    .command('test')
    .description('test this project itself')
    .addOption(new Option('--tier <tier>', 'which suites').choices([...TIERS, 'all']).default('quick'))
    .addHelpText('after', '\nExit codes: 0 all passed · 1 a test failed · 64 wrong usage · 69 a tool is missing')
    .option('--only <suite>', `one suite alone: ${SUITES.map((suite) => suite.name).join(', ')}`)
    .action(test);
}

async function test(options: TestOptions): Promise<void> {
  const print = (text: string) => process.stdout.write(text);
  const results = await runSuites(chosen(options), { print, prepare: (needs) => prepare({ needs }) });
  print(`\n${summary(results)}`);
  process.exitCode = results.some((result) => result.failed > 0) ? EXIT.boundBroken : EXIT.pass;
}

function chosen({ tier, only }: TestOptions): readonly Suite[] {
  if (only === undefined) return SUITES.filter((suite) => tier === 'all' || suite.tier === tier);
  const suites = SUITES.filter((suite) => suite.name === only);
  if (suites.length > 0) return suites;
  throw new StampedeError(`there is no test suite "${only}"`, {
    exitCode: EXIT.usage,
    hint: `Suites: ${SUITES.map((suite) => suite.name).join(', ')}`,
  });
}
