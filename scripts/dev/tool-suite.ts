// A suite that is one tool's word on the whole repository, and how the output of suites is shown.

import { fileURLToPath } from 'node:url';
import { runTool, type ToolCall } from '../setup/run-tool.ts';
import type { SuiteCounts } from './suite.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Tools that write into a pipe, as here, cannot see whether a terminal shows it in the end. */
export const COLOURS: Readonly<Record<string, string>> = process.stdout.isTTY
  ? { FORCE_COLOR: '1' }
  : { NO_COLOR: '1' };

export function show(text: string): void {
  process.stdout.write(text);
}

/** Runs a tool in the root of the repository: one test, passed when the tool ends with 0. */
export function toolSuite(command: string, args: readonly string[]): Promise<SuiteCounts> {
  return oneTest({ command, args, cwd: ROOT, env: COLOURS });
}

/** The same for any call; what the tool prints is shown. */
export async function oneTest(call: ToolCall): Promise<SuiteCounts> {
  const { found, exitCode } = await runTool({ ...call, onOutput: show });
  if (!found) return { passed: 0, failed: 1, skipped: 0, note: `${call.command} is missing` };
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}
