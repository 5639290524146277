// The test suites of this project, in the order in which they run: what fails fast comes first.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOnPath } from '../setup/find-on-path.ts';
import { runTool } from '../setup/run-tool.ts';
import { GoTestReport } from './go-test-report.ts';
import type { Suite, SuiteCounts } from './suite.ts';
import { countsOfVitest } from './vitest-report.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXTENSION = join(ROOT, 'extension');
const PLATFORM = ['k6', 'rabbitmq', 'postgresql'] as const;

export const SUITES: readonly Suite[] = [
  { name: 'lint', tier: 'quick', needs: [], run: () => command('biome', ['check', '.']) },
  { name: 'types-node', tier: 'quick', needs: [], run: () => command('tsc', ['-p', 'tsconfig.node.json']) },
  { name: 'types-k6', tier: 'quick', needs: [], run: () => command('tsc', ['-p', 'tsconfig.k6.json']) },
  { name: 'unit', tier: 'quick', needs: [], run: () => vitest('unit') },
  { name: 'go-vet', tier: 'quick', needs: [], run: () => command('go', ['vet', './...'], EXTENSION) },
  { name: 'go-test', tier: 'quick', needs: [], run: goTest },
  { name: 'integration', tier: 'quick', needs: PLATFORM, run: () => vitest('integration') },
  { name: 'e2e', tier: 'quick', needs: PLATFORM, run: () => vitest('e2e') },
];

/** Tools that write into a pipe, as here, cannot see whether a terminal shows it in the end. */
const COLOURS: Readonly<Record<string, string>> = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

function show(text: string): void {
  process.stdout.write(text);
}

/** A tool that is one test as a whole: it passes when it ends with 0. */
async function command(name: string, args: readonly string[], cwd = ROOT): Promise<SuiteCounts> {
  const { found, exitCode } = await runTool({ command: name, args, cwd, env: COLOURS, onOutput: show });
  if (!found) return { passed: 0, failed: 1, skipped: 0, note: `${name} is missing` };
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

async function vitest(project: string): Promise<SuiteCounts> {
  const folder = await mkdtemp(join(tmpdir(), 'stampede-test-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const args = ['run', `--project=${project}`, ...reporters];
    const { exitCode } = await runTool({ command: 'vitest', args, cwd: ROOT, env: COLOURS, onOutput: show });
    const text = await readFile(report, 'utf8').catch(() => undefined); // no report: the counts say so
    return countsOfVitest(text, exitCode);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function goTest(): Promise<SuiteCounts> {
  const canRace = await hasCCompiler();
  const report = new GoTestReport(show);
  const { found, exitCode } = await runTool({
    command: 'go',
    args: ['test', '-json', '-count=1', ...(canRace ? ['-race'] : []), './...'],
    cwd: EXTENSION,
    env: { CGO_ENABLED: canRace ? '1' : '0' },
    onOutput: (text) => report.feed(text),
  });
  const counts = report.counts();
  const unexplained = !found || (exitCode !== 0 && counts.failed === 0);
  const notes = [...(canRace ? [] : ['without the race detector: no C compiler']), ...(found ? [] : ['go is missing'])];
  return {
    ...counts,
    failed: counts.failed + (unexplained ? 1 : 0),
    ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
  };
}

/** Go's race detector needs cgo, and cgo a C compiler. */
async function hasCCompiler(): Promise<boolean> {
  const { exitCode, output } = await runTool({ command: 'go', args: ['env', 'CC'], cwd: EXTENSION });
  const compiler = output.trim().split(' ')[0] ?? '';
  return exitCode === 0 && compiler !== '' && findOnPath(compiler) !== undefined;
}
