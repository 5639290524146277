// `stampede bench`, behind `npm run bench`: measures the suite itself; a table on standard output and a JSON file beside it.

import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { benchOverhead, type OverheadOptions } from '../../bench/k6-overhead/bench.ts';
import { thisMachine } from '../../bench/machine.ts';
import { type Outcome, renderOutcome, writeOutcome } from '../../bench/outcome.ts';

export function register(program: Command): void {
  const bench = program
    .command('bench', { hidden: true })
    .description('measure this project itself, on an idle machine');
  bench
    .command('k6-overhead')
    .description('requests per CPU-second and memory of the load generator, beside plain k6 v2.2.0')
    .option('--pairs <number>', 'how often each generator is measured, in turn', wholeNumber, 5)
    .option('--seconds <number>', 'length of one measurement', wholeNumber, 30)
    .action((options: OverheadOptions) => present(() => benchOverhead(options, progress)));
}

/** The machine is looked at first: the bench itself is load. An aim that was not met is a figure, not a failure. */
async function present(measure: () => Promise<Outcome>): Promise<void> {
  const machine = await thisMachine();
  const outcome = await measure();
  const path = join('runs', 'bench', `${outcome.bench}-${machine.date.replaceAll(/[:.]/g, '')}.json`);
  writeOutcome(outcome, machine, path);
  console.log(renderOutcome(outcome, machine));
  console.log(`\nevery measurement: ${path}`);
}

function progress(line: string): void {
  console.error(`stampede: ${line}`);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('Give a whole number above 0.');
}
