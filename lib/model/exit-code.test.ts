import { describe, expect, it } from 'vitest';
import { decide, EXIT } from './exit-code.ts';
import type { Finding, FindingKind } from './finding.ts';

function finding(kind: FindingKind, status: Finding['status'], more: Partial<Finding> = {}): Finding {
  return { id: `${kind}-${status}`, kind, status, promised: true, message: 'as it was seen', ...more };
}

const GREEN = finding('bound', 'pass', { id: 'S1-ORDER-P90' });
const PROMISED = new Set(['S1-ORDER-P90']);
const exitCodeOf = (findings: readonly Finding[]) => decide(findings, PROMISED).exitCode;

/** Worst first: each of them wins over all that stand below it. */
const ORDER = [
  ['heal', EXIT.notHealed],
  ['integrity', EXIT.integrity],
  ['recovery', EXIT.notRecovered],
  ['bound', EXIT.boundBroken],
  ['regression', EXIT.regression],
  ['stopped', EXIT.stopped],
  ['suite', EXIT.suiteDefect],
] as const;

describe('the exit code', () => {
  it.each(ORDER)('of a failed finding of the kind %s is %d', (kind, code) => {
    expect(exitCodeOf([GREEN, finding(kind, 'fail')])).toBe(code);
  });

  it.each(ORDER.map(([kind, code], index) => [kind, code, index] as const))(
    'is that of %s (%d), whatever else failed below it',
    (_kind, code, index) => {
      const failures = ORDER.slice(index).map(([kind]) => finding(kind, 'fail'));
      expect(exitCodeOf([GREEN, ...failures.toReversed(), finding('bound', 'inconclusive')])).toBe(code);
    },
  );

  it('is 5 when something promised could not be judged', () => {
    expect(exitCodeOf([GREEN, finding('bound', 'inconclusive')])).toBe(EXIT.inconclusive);
    expect(exitCodeOf([GREEN, finding('bound', 'not-measured')])).toBe(EXIT.inconclusive);
  });

  it('is 0 when only what was not promised could not be judged', () => {
    const open = [
      finding('bound', 'inconclusive', { promised: false }),
      finding('bound', 'not-measured', { promised: false }),
    ];
    expect(exitCodeOf([GREEN, ...open])).toBe(EXIT.pass);
  });

  it('is 5 when nothing promised was judged at all', () => {
    expect(exitCodeOf([])).toBe(EXIT.inconclusive);
    expect(exitCodeOf([finding('bound', 'pass', { promised: false })])).toBe(EXIT.inconclusive);
  });

  it('is 5 when all that passed is that the run was recorded well', () => {
    expect(exitCodeOf([finding('measurement', 'pass'), finding('integrity', 'pass')])).toBe(EXIT.inconclusive);
  });

  it('is that of a failure also when it was not promised', () => {
    expect(exitCodeOf([GREEN, finding('integrity', 'fail', { promised: false })])).toBe(EXIT.integrity);
  });

  it('leaves waived findings aside, failed or passed', () => {
    const waived = { waived: 'known until the next release' };
    expect(exitCodeOf([GREEN, finding('bound', 'fail', waived)])).toBe(EXIT.pass);
    expect(exitCodeOf([finding('bound', 'pass', { ...waived, id: 'S1-ORDER-P90' })])).toBe(EXIT.inconclusive);
  });
});

describe('a decision', () => {
  it('names the failed findings of the deciding kind and no others', () => {
    const lost = finding('integrity', 'fail', { id: 'S1-DURABLE' });
    expect(decide([finding('bound', 'fail'), lost, GREEN], PROMISED).deciding).toEqual([lost]);
  });

  it('names what was promised and not judged when that decides', () => {
    const open = finding('bound', 'inconclusive', { id: 'S1-ORDER-P98' });
    expect(decide([GREEN, open], PROMISED).deciding).toEqual([open]);
  });

  it('names nothing for a pass', () => {
    expect(decide([GREEN], PROMISED)).toEqual({ exitCode: EXIT.pass, deciding: [] });
  });
});
