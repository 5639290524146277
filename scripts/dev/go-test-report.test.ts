import { describe, expect, it } from 'vitest';
import { GoTestReport } from './go-test-report.ts';

function read(events: readonly (object | string)[]) {
  let printed = '';
  const report = new GoTestReport((text) => {
    printed += text;
  });
  const stream = events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event))).join('\n');
  // A pipe cuts where it likes.
  for (const piece of `${stream}\n`.match(/[\s\S]{1,7}/g) ?? []) report.feed(piece);
  return { counts: report.counts(), printed };
}

const P = 'example.org/p';
const output = (Test: string, Output: string) => ({ Action: 'output', Package: P, Test, Output });

describe('the report of go test', () => {
  it('counts tests once, whatever subtests they have', () => {
    const { counts } = read([
      { Action: 'run', Package: P, Test: 'TestA' },
      { Action: 'pass', Package: P, Test: 'TestA/one' },
      { Action: 'pass', Package: P, Test: 'TestA' },
      { Action: 'skip', Package: P, Test: 'TestB' },
      { Action: 'pass', Package: P },
    ]);
    expect(counts).toEqual({ passed: 1, failed: 0, skipped: 1 });
  });

  it('prints what a failed test printed, its subtests among it, and nothing of a passed one', () => {
    const { counts, printed } = read([
      output('TestGood', 'all is well\n'),
      { Action: 'pass', Package: P, Test: 'TestGood' },
      output('TestBad', '=== RUN TestBad\n'),
      output('TestBad/deep', 'wanted 1, got 2\n'),
      { Action: 'fail', Package: P, Test: 'TestBad/deep' },
      { Action: 'fail', Package: P, Test: 'TestBad' },
      { Action: 'output', Package: P, Output: `FAIL\t${P}\t0.1s\n` },
      { Action: 'fail', Package: P },
    ]);
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(printed).toBe(`=== RUN TestBad\nwanted 1, got 2\nFAIL\t${P}\t0.1s\n`);
  });

  it('counts a package that does not build as one failed, and prints the compiler', () => {
    const { counts, printed } = read([
      { ImportPath: P, Action: 'build-output', Output: 'p.go:3: undefined: x\n' },
      { ImportPath: P, Action: 'build-fail' },
      { Action: 'fail', Package: P, FailedBuild: P },
    ]);
    expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(printed).toBe('p.go:3: undefined: x\n');
  });

  it('counts a test that never ended, because its package died, as failed', () => {
    const { counts, printed } = read([
      { Action: 'run', Package: P, Test: 'TestPanics' },
      output('TestPanics', 'panic: boom\n'),
      { Action: 'fail', Package: P },
    ]);
    expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(printed).toContain('panic: boom');
  });

  it('passes on what go says outside the stream', () => {
    expect(read(['go: downloading example.org/x v1.0.0']).printed).toBe('go: downloading example.org/x v1.0.0\n');
  });
});
