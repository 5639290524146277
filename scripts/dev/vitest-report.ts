// Reads the JSON report of vitest: how many tests passed and failed.

import type { SuiteCounts } from './suite.ts';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * Counts of a run that ended with `exitCode`. A file that fails without a failed test (it does not load) counts as one failed;
 * so does a run that failed for a reason that no test shows, or left no report (`undefined`).
 */
export function countsOfVitest(report: string | undefined, exitCode: number | null): SuiteCounts {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, note: 'vitest left no report' };
  const run = JSON.parse(report) as VitestReport;
  const broken = run.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = run.numFailedTests + broken.length;
  const skipped = run.numPendingTests + run.numTodoTests;
  if (failed === 0 && exitCode !== 0) {
    return { passed: run.numPassedTests, failed: 1, skipped, note: 'vitest failed outside the tests' };
  }
  return { passed: run.numPassedTests, failed, skipped };
}
