// Runs a tool of the machine (go, apt-get, …) to its end and keeps what it printed; Ctrl-C reaches the tool first, then us.

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface ToolCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Set beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets what the tool prints as it prints it, for instance to show it. */
  readonly onOutput?: (text: string) => void;
}

/** How a tool ended. `exitCode` is null when the tool is not there, or was ended by a signal. */
export interface ToolResult {
  readonly found: boolean;
  readonly exitCode: number | null;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Never fails because of the tool: a missing or failing one is a result. Throws StampedeError 6 when a signal stopped it. */
export async function runTool(call: ToolCall): Promise<ToolResult> {
  const child = spawn(call.command, call.args, {
    cwd: call.cwd,
    env: { ...process.env, ...call.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const signals = passSignals(child);
  try {
    const result = await ending(child, call.onOutput ?? (() => {}));
    if (signals.passed !== undefined) throw interrupted(call.command, signals.passed);
    return result;
  } finally {
    signals.stop();
  }
}

/** The last lines of what a tool printed: usually where it says what went wrong. */
export function lastLines(output: string, lines = 20): string {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}

function ending(child: Child, onOutput: (text: string) => void): Promise<ToolResult> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput(text);
    });
  }
  return new Promise((resolve) => {
    child.once('error', () => resolve({ found: false, exitCode: null, output }));
    child.once('close', (exitCode) => resolve({ found: true, exitCode, output }));
  });
}

/** While a tool runs, a signal to us goes to it; we go on when it has ended, so that nothing is left half done behind us. */
function passSignals(child: Child): { passed?: NodeJS.Signals; stop: () => void } {
  const state: { passed?: NodeJS.Signals; stop: () => void } = {
    stop: () => {
      for (const signal of SIGNALS) process.off(signal, pass);
    },
  };
  const pass = (signal: NodeJS.Signals): void => {
    state.passed = signal;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  return state;
}

function interrupted(command: string, signal: string): StampedeError {
  return new StampedeError(`stopped by ${signal} while ${basename(command)} was at work, which was allowed to end`, {
    exitCode: EXIT.stopped,
    hint: 'The same command, run again, goes on from there.',
  });
}
