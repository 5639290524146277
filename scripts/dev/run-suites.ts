// Runs test suites one after the other and sums up: a table of suites, and the line that continuous integration reads.

import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { alignColumns } from '../../reports/render/table.ts';
import type { Need } from '../setup/prepare.ts';
import type { Suite, SuiteCounts, SuiteResult } from './suite.ts';

export interface SuiteRunner {
  readonly print: (text: string) => void;
  readonly prepare: (needs: readonly Need[]) => Promise<unknown>;
}

/** Runs every suite even when one fails. Throws StampedeError 6 when a signal stopped it. */
export async function runSuites(suites: readonly Suite[], runner: SuiteRunner): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    runner.print(`\n── ${suite.name}\n`);
    const startMs = performance.now();
    const counts = neverEmpty(await countsOf(suite, runner));
    results.push({ ...counts, name: suite.name, seconds: (performance.now() - startMs) / 1000 });
  }
  return results;
}

/** A line per suite, and as the last line `N passed, N failed` over all. */
export function summary(results: readonly SuiteResult[]): string {
  const header = ['suite', 'passed', 'failed', 'skipped', 'seconds', ''];
  const rows = results.map((result) => [
    result.name,
    String(result.passed),
    String(result.failed),
    String(result.skipped),
    result.seconds.toFixed(1),
    result.note ?? '',
  ]);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  return `${alignColumns([header, ...rows]).join('\n')}\n\n${passed} passed, ${failed} failed\n`;
}

async function countsOf(suite: Suite, runner: SuiteRunner): Promise<SuiteCounts> {
  try {
    await runner.prepare(suite.needs);
    return await suite.run();
  } catch (error) {
    if (error instanceof StampedeError && error.exitCode === EXIT.stopped) throw error;
    const message = error instanceof Error ? error.message : String(error);
    runner.print(`${message}\n`);
    return { passed: 0, failed: 1, skipped: 0, note: message.split('\n')[0] ?? '' };
  }
}

/** A suite that ran nothing has shown nothing: that is a failure. */
function neverEmpty(counts: SuiteCounts): SuiteCounts {
  return counts.passed + counts.failed > 0 ? counts : { ...counts, failed: 1, note: 'ran no test' };
}
