import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/checkers/judge.ts';
import { aRun } from '../../lib/checkers/testing/a-run.ts';
import { ABSENT } from '../../lib/checkers/testing/order-script.ts';
import { Scene } from '../../lib/checkers/testing/scene.ts';
import { timelineWith } from '../../lib/checkers/testing/watch-script.ts';
import type { Finding } from '../../lib/model/finding.ts';
import { renderTerminal } from './terminal.ts';

async function rendered(scene: Scene, colour = false): Promise<string> {
  return renderTerminal(judge(await scene.evidence()), { directory: 'runs/run-1', colour });
}

describe('the verdict in a terminal', () => {
  it('of a pass', async () => {
    expect(await rendered(new Scene().orders(200).orders(150, { stage: 'down' }, 'down'))).toBe(`\
PASS (exit 0): everything that was promised holds: 31 findings
order-ramp, profile smoke, target test-platform, 120 s: run-1

stage  in flow  not final  orders  completed  per s     p50     p90     p98  flow p90     p98  full p90     p98  worst step
100        180         30     200        200    3.3  300 ms  300 ms  300 ms    360 ms  360 ms    300 ms  300 ms  no errors
down       180         30     150        150   30.0  300 ms  300 ms  300 ms    360 ms  360 ms         –       –  no errors

orders  350 begun, 350 acknowledged = 350 completed + 0 lost
        No fault was injected: this run shows conservation (0 of 350 acknowledged orders lost), not durability.

not measured
  order-events: events not measured: the target file names no tap; effects alone tell what became of an order
  S1-DURABLE-MESSAGES, S1-DUP-MESSAGES, S1-RTO, EMBEDDED-RECOVERY, STAYS-WELL: not measured: the profile smoke does not promise it
  S4-RTO, S5-MTTR, S2-API, S2-ERR, S3-DB, S5-API, S5-ERR: not measured: this target is held to what S1 was promised

all findings: runs/run-1/summary.md, runs/run-1/verdict.json
`);
  });

  it('of a failure, with the orders to look at and how', async () => {
    const scene = new Scene()
      .orders(200)
      .order('lost-1', { finalRead: ABSENT })
      .orders(40, { completionMs: null, sees: 'PendingPayment' }, 'stuck')
      .order('down-1', { stage: 'down' })
      .run({ troubles: [{ where: 'broker', message: 'management API gave no answer' }] });
    expect(await rendered(scene)).toBe(`\
FAIL (exit 2): S1-DURABLE: 1 of 242 acknowledged orders lost (1 absent, 0 fallen back from a completed state)
order-ramp, profile smoke, target test-platform, 120 s: run-1

stage  in flow  not final  orders  completed  per s     p50     p90     p98  flow p90     p98  full p90  p98  worst step
100        180         40     241        200    3.3  300 ms       ∞       ∞         ∞       ∞         ∞    ∞  no errors
down       180         41       1          1    0.2  300 ms  300 ms  300 ms    360 ms  360 ms         –    –  no errors

orders  242 begun, 242 acknowledged = 201 completed + 40 stuck + 1 lost
        No fault was injected: this run shows conservation (1 of 242 acknowledged orders lost), not durability.

look at
  ✗ S1-DURABLE: 1 of 242 acknowledged orders lost (1 absent, 0 fallen back from a completed state)
      order lost-1, on the platform id-of-lost-1
      grep -h lost-1 runs/run-1/history.ndjson runs/run-1/final-reads.ndjson
  ✗ S1-STUCK: 40 of 242 orders not final after 30 s
      order stuck-1, on the platform id-of-stuck-1
      order stuck-2, on the platform id-of-stuck-2
      order stuck-3, on the platform id-of-stuck-3
      grep -h stuck-1 runs/run-1/history.ndjson runs/run-1/final-reads.ndjson
  ✗ S1-ORDER-P90 in stage 100: p90 lies among orders that never ended well, bound < 5 s: 41 of 241 orders slower, 10 % may be
  ✗ S1-ORDER-P98 in stage 100: p98 lies among orders that never ended well, bound < 10 s: 41 of 241 orders slower, 2 % may be
  ✗ S1-FLOW-P90 in stage 100: p90 lies among orders that never ended well, bound < 5 s: 41 of 241 orders slower, 10 % may be
  ✗ S1-FLOW-P98 in stage 100: p98 lies among orders that never ended well, bound < 10 s: 41 of 241 orders slower, 2 % may be

not measured
  order-events: events not measured: the target file names no tap; effects alone tell what became of an order
  trouble: broker: management API gave no answer
  S1-DURABLE-MESSAGES, S1-DUP-MESSAGES, S1-RTO, EMBEDDED-RECOVERY, STAYS-WELL: not measured: the profile smoke does not promise it
  S4-RTO, S5-MTTR, S2-API, S2-ERR, S3-DB, S5-API, S5-ERR: not measured: this target is held to what S1 was promised
  in stage down, not judged and not promised (summary.md says why): S1-ERRORS, S1-ERRORS of polls, S1-ERRORS-ORDERS, S1-HTTP-P90, S1-HTTP-P98, S1-ORDER-P90, S1-ORDER-P98, S1-FLOW-P90, S1-FLOW-P98

all findings: runs/run-1/summary.md, runs/run-1/verdict.json
`);
  });

  it('of an inconclusive run names first what could not be judged, and what is waived', async () => {
    const target = { ...aRun().target, capabilities: [], waivers: [{ bound: 'S1-DUP', reason: 'no database access' }] };
    const text = await rendered(new Scene().orders(100).withoutQueries().run({ target }));
    expect(text.split('\n')[0]).toBe(
      'INCONCLUSIVE (exit 5): S1-HTTP-P98 in stage 100, step init-cart: p98 < 10 s cannot be judged: 0 of 100 requests slower, 49 more that are not would be needed; also S1-ORDER-P98, S1-FLOW-P98',
    );
    expect(text).toContain('\nwaived\n  S1-DUP: no database access\n');
    expect(text).toContain('  ? S1-FLOW-P98 in stage 100: ');
    expect(text).toContain('  effects-complete: effects not measured: the target has no effects query\n');
  });

  it('says in its headline that the generator was late, and shows that before any bound, however many broke', async () => {
    const broken = new Scene()
      .orders(200, { completionMs: null })
      .orders(99, { checkout: 'fail' }, 'refused')
      .orders(99, { sees: 'OutOfStock' }, 'sold')
      .orders(9, { stage: 'down' }, 'down')
      .timeline(timelineWith(2_000));
    const [headline = '', ...lines] = (await rendered(broken)).split('\n');
    expect(headline).toMatch(/^FAIL \(exit 1\): S1-.*; the load generator itself was late in stage 100$/);
    const first = lines[lines.indexOf('look at') + 1];
    expect(first).toMatch(/^ {2}\? generator-delay in stage 100: the generator was late by 2 s /);
    expect(lines).toContainEqual(expect.stringMatching(/… and \d+ more/));
  });

  it('shows every finding of the measurement, where there are more than fit', async () => {
    const verdict = judge(await new Scene().orders(200).timeline(timelineWith(2_000)).evidence());
    const delay = verdict.findings.find(({ id }) => id === 'generator-delay');
    const stages = Array.from({ length: 12 }, (_, index) => ({ ...delay, stage: `level ${index}` }) as Finding);
    const findings = [...verdict.findings.filter(({ id }) => id !== 'generator-delay'), ...stages];
    const text = renderTerminal({ ...verdict, findings }, { directory: 'runs/run-1', colour: false });
    expect(text.match(/\? generator-delay in stage level/g)).toHaveLength(12);
  });

  it('says of what is broken without a promise that nobody promised it', async () => {
    const polls = { status: null, lastOpenReadMs: null, firstFinalReadMs: null, reads: 100, failedReads: 30 };
    const scene = new Scene()
      .orders(200)
      .operation({ key: 'order-1', f: 'await', stage: '100', atMs: 90_000, outcome: 'info', answer: polls });
    const text = await rendered(scene);
    expect(text).toContain('  ! S1-ERRORS in stage 100, step await: not promised, and broken all the same: 6 %, bound');
    expect(text).toMatch(/^100 .* await 6 % failed$/m);
  });

  it('says of a stage that nobody promised that it was not judged, not why: it may have been taken back', async () => {
    const late = new Scene().orders(200).orders(150, { stage: 'down' }, 'down').timeline(timelineWith(2_000));
    expect(await rendered(late)).toContain(
      '\n  in stage down, not judged and not promised (summary.md says why): generator-delay, S1-ERRORS, ',
    );
  });

  it('says why of a single finding of a stage, such as polls that were too few', async () => {
    const text = await rendered(new Scene().orders(10));
    expect(text).toMatch(
      /\n {2}S1-ERRORS in stage 100, step await: bound < 1 % cannot be judged: 0 of \d+ requests failed/,
    );
  });

  it('shows eight findings at most and says how many more there are', async () => {
    const troubles = Array.from({ length: 20 }, (_, index) => ({ where: `place ${index}`, message: 'failed' }));
    const text = await rendered(new Scene().orders(200).run({ troubles }));
    expect(text).toContain('  trouble: place 6: failed\n  … and 16 more: see summary.md\n');
  });

  it('names planted defects below the headline', async () => {
    const target = { ...aRun().target, plantedDefects: ['phantom-ok=0.05', 'stuck-saga=0.2'] };
    const text = await rendered(new Scene().orders(200).run({ target }));
    expect(text.split('\n')[2]).toBe(
      'planted defects: phantom-ok=0.05, stuck-saga=0.2; this platform is broken on purpose',
    );
    expect(await rendered(new Scene().orders(200))).not.toContain('planted');
  });

  it('is coloured only when it is told to be', async () => {
    const plain = await rendered(new Scene().orders(200));
    const coloured = await rendered(new Scene().orders(200), true);
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[32mPASS');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours.
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it('never hands control characters of a target to the terminal', async () => {
    const evil = 'Odd\u001b[2J\nPASS (exit 0)';
    const text = await rendered(new Scene().orders(200).order('odd', { completionMs: null, sees: evil }));
    expect(text).toContain('Odd?[2J?PASS (exit 0)');
    expect(text).not.toContain('\u001b');
  });
});
