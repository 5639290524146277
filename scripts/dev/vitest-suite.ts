// A suite of vitest: one of the projects in vitest.config.ts.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../setup/run-tool.ts';
import type { SuiteCounts } from './suite.ts';
import { COLOURS, ROOT, show } from './tool-suite.ts';
import { countsOfVitest } from './vitest-report.ts';

/** Runs the project; its tests are counted from vitest's JSON report. */
export async function vitestSuite(project: string): Promise<SuiteCounts> {
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
