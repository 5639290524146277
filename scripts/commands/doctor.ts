// `stampede doctor`: what the suite needs on this machine, what is there, what is missing, and what to do about it.

import type { Command } from 'commander';
import { EXIT } from '../../lib/model/exit-code.ts';
import { canRun } from '../doctor/check.ts';
import { checkClusters } from '../doctor/check-clusters.ts';
import { checkMachine } from '../doctor/check-machine.ts';
import { checkNetwork } from '../doctor/check-network.ts';
import { checkTestbeds } from '../doctor/check-testbeds.ts';
import { checkTools } from '../doctor/check-tools.ts';
import { renderChecks } from '../doctor/render.ts';

export function register(program: Command): void {
  program
    .command('doctor')
    .description('say what the suite needs on this machine, what is there, and what to do about the rest')
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', '\nExit codes: 0 the gate can run here · 69 it cannot yet')
    .action(doctor);
}

async function doctor({ json }: { readonly json?: boolean }): Promise<void> {
  const checks = [
    ...(await checkTools()),
    ...(await checkMachine()),
    ...(await checkNetwork()),
    ...(await checkTestbeds()),
    ...(await checkClusters()),
  ];
  const answer = { canRun: canRun(checks), checks };
  process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : renderChecks(checks));
  process.exitCode = answer.canRun ? EXIT.pass : EXIT.unavailable;
}
