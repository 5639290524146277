// The verdict as JUnit XML, one test case per finding, so that a CI system shows it without knowing of the suite.

import builder, { type TestCase } from 'junit-report-builder';
import { placeOf } from '../../lib/checkers/because.ts';
import type { Finding } from '../../lib/model/finding.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import { plantedDefects } from './planted-defects.ts';
import { printable } from './printable.ts';

/**
 * A failed finding is a failure. A promised one that could not be judged is an error, never green. What is not promised and
 * not measured, and what the target waives, is skipped.
 */
export function renderJUnit(verdict: Verdict): string {
  const report = builder.newBuilder();
  const suite = report
    .testSuite()
    .name(`stampede ${verdict.scenario} ${verdict.profile}`)
    .timestamp(new Date(verdict.startedMs))
    .time((verdict.endedMs - verdict.startedMs) / 1000);
  for (const line of plantedDefects(verdict)) suite.property('note', line);
  for (const finding of verdict.findings) {
    const testCase = suite
      .testCase()
      .className(`stampede.${verdict.profile}.${finding.kind}`)
      .name(printable(`${finding.id}${placeOf(finding)}`));
    mark(testCase, finding);
  }
  return report.build();
}

function mark(testCase: TestCase, { status, promised, kind, message, waived }: Finding): void {
  const text = printable(message);
  if (waived !== undefined) testCase.skipped().standardOutput(output(`${text}; waived: ${printable(waived)}`));
  else if (status === 'fail') testCase.failure(text, kind);
  else if (status === 'pass') testCase.standardOutput(output(text));
  else if (promised) testCase.error(text, status);
  else testCase.skipped().standardOutput(output(text));
}

/** The library writes output as CDATA and escapes only the first end of CDATA in it. */
function output(text: string): string {
  return text.replaceAll(']]>', ']] >');
}
