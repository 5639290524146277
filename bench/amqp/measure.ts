// One measurement: a program from its start to its end, with its processor time.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A load generator: a bare Go program or k6. It prints `{"messages": …, "seconds": …}`. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Measurement {
  /** Confirmed by the broker, or acknowledged to it. */
  readonly messages: number;
  /** In which these were, without start-up. */
  readonly seconds: number;
  /** User and system, from the start of the process to its end. */
  readonly cpuSeconds: number;
  /** What it printed. */
  readonly said: Readonly<Record<string, unknown>>;
}

/** Processor time is that of the program and its children, as bash's `time` has it. Throws when the program fails. */
export async function measure({ command, args, env }: Program): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), 'stampede-bench-'));
  try {
    const times = join(folder, 'times');
    const script = `TIMEFORMAT='%U %S'; { time "$@" 2>&3; } 3>&2 2>"${times}"`;
    const { exitCode, output } = await run('bash', ['-c', script, 'bash', command, ...args], env);
    if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode}: ${output}`);
    const said = JSON.parse(output) as { messages: number; seconds: number };
    const [user = 0, system = 0] = (await readFile(times, 'utf8')).trim().split(' ').map(Number);
    return { messages: said.messages, seconds: said.seconds, cpuSeconds: user + system, said };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, output };
}
