// Confirmed messages per second, and per second of the generator's processor time: k6/x/amqp against a bare Go program on the same client library.
// Run with `node bench/amqp-publish/run.ts [seconds] [rounds]`; AMQP_URLS, AMQP_USER and AMQP_PASSWORD say where. A broker on this machine shares its processors: compare ratios, on a quiet machine.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alignColumns } from '../../reports/render/table.ts';
import { ensureK6 } from '../../scripts/setup/ensure-k6.ts';
import { runTool } from '../../scripts/setup/run-tool.ts';

const QUEUE = 'bench-publish';
const EXTENSION = join(import.meta.dirname, '../../extension');

interface Figures {
  readonly confirmed: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a program to its end; processor time is that of the program and its children, as bash's `time` has it. */
async function measure(program: Program, folder: string): Promise<Figures> {
  const times = join(folder, 'times');
  const script = `TIMEFORMAT='%U %S %R'; { time "$@" 2>&3; } 3>&2 2>"${times}"`;
  const child = spawn('bash', ['-c', script, 'bash', program.command, ...program.args], {
    env: { ...process.env, ...program.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text;
  });
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  const [user = 0, system = 0, wallSeconds = 0] = (await readFile(times, 'utf8')).trim().split(' ').map(Number);
  const confirmed = /"confirmed":(\d+)/.exec(output)?.[1];
  if (exitCode !== 0 || confirmed === undefined) throw new Error(`${program.name} ended with ${exitCode}: ${output}`);
  return { confirmed: Number(confirmed), cpuSeconds: user + system, wallSeconds };
}

async function programs(folder: string, seconds: number): Promise<readonly Program[]> {
  const bare = join(folder, 'bare');
  await runTool({ command: 'go', args: ['build', '-o', bare, './amqp/internal/barepublisher'], cwd: EXTENSION });
  const k6 = await ensureK6();
  const { AMQP_URLS = 'amqp://127.0.0.1:5672', AMQP_USER = 'guest', AMQP_PASSWORD = 'guest' } = process.env;
  const env = {
    ...{ URLS: AMQP_URLS, USER_NAME: AMQP_USER, AMQP_PASSWORD, QUEUE, DURATION: `${seconds}s` },
    ...{ K6_AUTO_EXTENSION_RESOLUTION: 'false', K6_NO_USAGE_REPORT: 'true' },
  };
  const script = join(import.meta.dirname, 'publish.js');
  const args = ['-urls', env.URLS, '-user', env.USER_NAME, '-queue', QUEUE, '-duration', env.DURATION];
  return [
    { name: 'bare', command: bare, args, env },
    { name: 'publishMany', command: k6, args: ['run', '--quiet', script], env: { ...env, HOW: 'many' } },
    { name: 'publish', command: k6, args: ['run', '--quiet', script], env: { ...env, HOW: 'single' } },
  ];
}

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const [seconds = 20, rounds = 3] = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), 'stampede-bench-'));
try {
  const all = await programs(folder, seconds);
  const figures = new Map<string, Figures[]>(all.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const program of all) {
      figures.get(program.name)?.push(await measure(program, folder));
    }
  }
  const rate = (name: string, per: 'cpuSeconds' | 'wallSeconds') =>
    median((figures.get(name) ?? []).map((one) => one.confirmed / one[per]));
  const rows = all.map(({ name }) => [
    name,
    rate(name, 'wallSeconds').toFixed(0),
    (rate(name, 'wallSeconds') / rate('bare', 'wallSeconds')).toFixed(2),
    rate(name, 'cpuSeconds').toFixed(0),
    (rate(name, 'cpuSeconds') / rate('bare', 'cpuSeconds')).toFixed(2),
  ]);
  console.log(alignColumns([['', 'per s', 'ratio', 'per CPU s', 'ratio'], ...rows]).join('\n'));
} finally {
  await rm(folder, { recursive: true, force: true });
}
