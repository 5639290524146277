// Runs one command and turns what went wrong into words and an exit code.

import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { redact } from '../lib/config/known-secrets.ts';
import { EXIT, type ExitCode } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import { suiteVersion } from './suite-version.ts';

/** What every file in scripts/commands exports: it adds its command to the program. A command sets process.exitCode or throws. */
export interface CommandModule {
  readonly register: (program: Command) => void;
}

const DEFECT = 'This is a defect of the suite, not of your platform. Please report it with the lines above.';

/** Gives the exit code: the command's own, 64 for wrong usage, that of a StampedeError, 70 for anything else that is thrown. */
export async function runCommandLine(
  args: readonly string[],
  commands: Readonly<Record<string, () => Promise<CommandModule>>>,
): Promise<number> {
  process.on('uncaughtException', endOnStray);
  try {
    const program = await programFor(args, commands);
    if (args.length === 0) program.help({ error: true }); // a job that forgot its command must not be green
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? EXIT.pass);
  } catch (error) {
    return explain(error);
  }
}

/** When the launcher is killed outright, its channel to us closes: then we stop as if a terminal had closed. */
export function stopWithLauncher(): void {
  process.channel?.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGHUP'));
}

async function programFor(
  args: readonly string[],
  commands: Readonly<Record<string, () => Promise<CommandModule>>>,
): Promise<Command> {
  const program = new Command('stampede')
    .description('Load and resilience tests for order platforms on HTTP, RabbitMQ and PostgreSQL')
    .version(suiteVersion())
    .showHelpAfterError('Try "stampede --help" or "stampede <command> --help".')
    .exitOverride();
  const modules = await Promise.all(namesToLoad(args[0], Object.keys(commands)).map((name) => commands[name]?.()));
  for (const module of modules) module?.register(program);
  return program;
}

/** The command that was asked for; all of them for the help, and to suggest one; none for the version. */
function namesToLoad(first: string | undefined, names: readonly string[]): readonly string[] {
  if (first === '--version' || first === '-V') return [];
  return first !== undefined && names.includes(first) ? [first] : names;
}

/** Says on standard error what went wrong, without secrets; gives the exit code that belongs to it. */
function explain(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage; // commander has spoken
  if (error instanceof StampedeError) {
    console.error(redact(`stampede: ${error.message}`));
    if (error.hint !== undefined) console.error(redact(error.hint));
    return error.exitCode;
  }
  console.error(redact(inspect(error)));
  console.error(DEFECT);
  return EXIT.suiteDefect;
}

/** An exception that no one awaits. Who else listens, to heal a fault for instance, decides when the process ends. */
function endOnStray(error: Error): void {
  const exitCode = explain(error);
  process.exitCode = exitCode;
  if (process.listenerCount('uncaughtException') === 1) process.exit(exitCode);
}
