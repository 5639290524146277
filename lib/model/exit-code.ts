// From findings to the one exit code. The order of precedence is decided in docs/adr/0004-verdict-precedence.md.

import type { Finding, FindingKind } from './finding.ts';

export const EXIT = {
  pass: 0,
  boundBroken: 1,
  integrity: 2,
  regression: 3,
  notRecovered: 4,
  inconclusive: 5,
  stopped: 6,
  notHealed: 7,
  usage: 64,
  unavailable: 69,
  suiteDefect: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The first kind with a failed finding decides. */
const PRECEDENCE: readonly (readonly [FindingKind, ExitCode])[] = [
  ['heal', EXIT.notHealed],
  ['integrity', EXIT.integrity],
  ['recovery', EXIT.notRecovered],
  ['bound', EXIT.boundBroken],
  ['regression', EXIT.regression],
  ['stopped', EXIT.stopped],
  ['suite', EXIT.suiteDefect],
];

/** Of several runs: the code of the kind that comes first; inconclusive before a pass. A pass when there are none. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  const order = [...PRECEDENCE.map(([, code]) => code), EXIT.inconclusive];
  return order.find((code) => codes.includes(code)) ?? codes.find((code) => code !== EXIT.pass) ?? EXIT.pass;
}

/** What decides the exit code: the findings that carry it, and the code itself. */
export interface Decision {
  readonly exitCode: ExitCode;
  /** The failed findings of the deciding kind; for `inconclusive` the promised ones that were not judged; for a pass none. */
  readonly deciding: readonly Finding[];
}

/**
 * `promisedBounds`: ids of the bounds that the run's profile promises. A run that kept none of them is inconclusive, however well it was
 * recorded: nothing judged is never green.
 */
export function decide(findings: readonly Finding[], promisedBounds: ReadonlySet<string>): Decision {
  const counted = findings.filter((finding) => finding.waived === undefined);
  for (const [kind, exitCode] of PRECEDENCE) {
    const deciding = counted.filter((finding) => finding.kind === kind && finding.status === 'fail');
    if (deciding.length > 0) return { exitCode, deciding };
  }
  const unjudged = counted.filter((finding) => finding.promised && finding.status !== 'pass');
  const judged = counted.some(({ id, status }) => status === 'pass' && promisedBounds.has(id));
  return { exitCode: unjudged.length > 0 || !judged ? EXIT.inconclusive : EXIT.pass, deciding: unjudged };
}

/** Only the findings that decide; which bounds are promised changes the code, never these. */
export function decidingFindings(findings: readonly Finding[]): readonly Finding[] {
  return decide(findings, new Set()).deciding;
}
