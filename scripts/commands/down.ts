// `stampede down`: ends the embedded order platform and leaves nothing of it.

import type { Command } from 'commander';
import { down } from '../../testbed/testbed.ts';

export function register(program: Command): void {
  program
    .command('down')
    .description('stop the embedded order platform and remove its processes, namespaces and files')
    .option('--instance <name>', "name of the testbed (default: this clone's own)")
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing of it is left · 64 wrong usage · 69 something could not be removed · 70 a defect of the suite',
    )
    .action(async (options: { readonly instance?: string }) => {
      const { instance, removed } = await down(options);
      console.log(removed ? `testbed ${instance} is gone` : `there is no testbed ${instance}`);
    });
}
