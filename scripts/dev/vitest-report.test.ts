import { describe, expect, it } from 'vitest';
import { countsOfVitest } from './vitest-report.ts';

interface File {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

function report(testResults: readonly File[]): string {
  const tests = testResults.flatMap((file) => file.assertionResults);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  return JSON.stringify({
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('skipped'),
    numTodoTests: count('todo'),
    testResults,
  });
}

const GOOD = { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] };

describe('the report of vitest', () => {
  it('counts tests; skipped ones are neither passed nor failed', () => {
    const file = {
      status: 'failed',
      assertionResults: [{ status: 'failed' }, { status: 'skipped' }, { status: 'todo' }],
    };
    expect(countsOfVitest(report([GOOD, file]), 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('counts a file that does not load as one failed', () => {
    const broken = { status: 'failed', assertionResults: [] };
    const red = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    expect(countsOfVitest(report([GOOD, broken, red]), 1)).toMatchObject({ passed: 2, failed: 2 });
  });

  it('counts one failed when vitest failed for a reason that no test shows', () => {
    expect(countsOfVitest(report([GOOD]), 1)).toMatchObject({ passed: 2, failed: 1 });
    expect(countsOfVitest(report([GOOD]), null)).toMatchObject({ failed: 1 });
  });

  it('counts one failed when there is no report', () => {
    expect(countsOfVitest(undefined, 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});
