// The command line: names the commands and runs the one that was asked for.

import { type CommandModule, runCommandLine, stopWithLauncher } from './run-command-line.ts';

/** Every command by name. A module is loaded only when it is called for, or when all are listed. */
const COMMANDS: Readonly<Record<string, () => Promise<CommandModule>>> = {
  gate: () => import('./commands/gate.ts'),
  durability: () => import('./commands/durability.ts'),
  chaos: () => import('./commands/chaos.ts'),
  gameday: () => import('./commands/gameday.ts'),
  judge: () => import('./commands/judge.ts'),
  up: () => import('./commands/up.ts'),
  down: () => import('./commands/down.ts'),
  status: () => import('./commands/status.ts'),
  cluster: () => import('./commands/cluster.ts'),
  logs: () => import('./commands/logs.ts'),
  doctor: () => import('./commands/doctor.ts'),
  test: () => import('./dev/test.ts'),
  bench: () => import('./dev/bench.ts'),
};

stopWithLauncher();
process.exitCode = await runCommandLine(process.argv.slice(2), COMMANDS);
