// The suites of the Go module in extension/: vet and tests, with the race detector where this machine can have it.

import { join } from 'node:path';
import { findOnPath } from '../../lib/machine/find-on-path.ts';
import { openProgress, step } from '../../lib/machine/progress.ts';
import { runTool } from '../setup/run-tool.ts';
import { GoTestReport } from './go-test-report.ts';
import type { SuiteCounts } from './suite.ts';
import { oneTest, ROOT, show } from './tool-suite.ts';

const EXTENSION = join(ROOT, 'extension');

/** Built as the tests are, so that Go compiles k6 once for both; without a build cache that takes some minutes. */
export async function goVet(): Promise<SuiteCounts> {
  const { flags, env } = await buildMode();
  const call = { command: 'go', args: ['vet', ...flags, './...'], cwd: EXTENSION, env };
  return step(openProgress(), 'compiling and vetting the extension', () => oneTest(call));
}

export async function goTest(): Promise<SuiteCounts> {
  const { flags, env, note } = await buildMode();
  const report = new GoTestReport(show);
  const { found, exitCode } = await runTool({
    command: 'go',
    args: ['test', '-json', '-count=1', ...flags, './...'],
    cwd: EXTENSION,
    env,
    onOutput: (text) => report.feed(text),
  });
  const counts = { ...report.counts(), ...(note === undefined ? {} : { note }) };
  if (!found) return { ...counts, failed: 1, note: 'go is missing' };
  return counts.failed === 0 && exitCode !== 0 ? { ...counts, failed: 1, note: 'go failed outside the tests' } : counts;
}

export interface BuildMode {
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly note?: string;
}

/** The race detector needs cgo, and cgo a C compiler. */
export async function buildMode(): Promise<BuildMode> {
  const { output } = await runTool({ command: 'go', args: ['env', 'CC'], cwd: EXTENSION });
  const compiler = output.trim().split(' ')[0] ?? '';
  if (compiler !== '' && findOnPath(compiler) !== undefined) return { flags: ['-race'], env: { CGO_ENABLED: '1' } };
  return { flags: [], env: { CGO_ENABLED: '0' }, note: 'without the race detector: no C compiler' };
}
