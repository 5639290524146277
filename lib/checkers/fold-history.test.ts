import { describe, expect, it } from 'vitest';
import { foldHistory } from './fold-history.ts';
import { flawsOf, hasGaps } from './record-flaws.ts';
import { HistoryBuilder, RUN, START_MS } from './testing/history-builder.ts';
import { acceptsAll } from './testing/scene.ts';

const CONTENT = { lineItems: [{ sku: 'SKU-001', quantity: 3, unitPriceCents: 250 }] };

function fold(lines: readonly string[], stopMs = Number.POSITIVE_INFINITY) {
  return foldHistory([lines], { run: RUN, stopMs, isHistoryLine: acceptsAll });
}

/** One order from its first call to its final state. */
function oneOrder(): HistoryBuilder {
  return new HistoryBuilder()
    .operation({ key: 'a', f: 'init-cart', stage: '100', atMs: 0, durationMs: 5 })
    .operation({ key: 'a', f: 'add-items', stage: '100', atMs: 1_000, durationMs: 7, asked: CONTENT })
    .operation({ key: 'a', f: 'checkout', stage: '100', atMs: 2_000, durationMs: 11, answer: { orderId: 'id-a' } })
    .operation({ key: 'a', f: 'complete', stage: '100', atMs: 3_000, durationMs: 13, answer: { orderId: 'id-a' } })
    .operation({
      key: 'a',
      f: 'await',
      stage: '100',
      atMs: 3_013,
      durationMs: 400,
      answer: { status: 'Shipped', lastOpenReadMs: 3_200, firstFinalReadMs: 3_413, reads: 3, failedReads: 1 },
    });
}

describe('folding a history', () => {
  it('gathers the record of an order', async () => {
    const { orders } = await fold(oneOrder().lines());
    expect(orders.get('a')).toMatchObject({
      key: 'a',
      stage: '100',
      process: 'vu-a',
      beganMs: START_MS,
      stepsMs: 23,
      submission: 'acknowledged',
      submittedMs: START_MS + 3_000,
      acknowledgedMs: START_MS + 3_013,
      orderId: 'id-a',
      secondOrderId: null,
      resubmits: 0,
      awaited: 'done',
      status: 'Shipped',
      lastOpenReadMs: 3_200,
      firstFinalReadMs: 3_413,
      lastStep: 'await',
      lastOutcome: 'ok',
      lastMs: START_MS + 3_413,
      pieces: 3,
      cents: 750,
      contentCertain: true,
    });
  });

  it('counts operations per stage and step, and polls apart', async () => {
    const history = oneOrder()
      .operation({ key: 'b', f: 'init-cart', stage: '500', atMs: 10, outcome: 'fail', error: { code: 'http_400' } })
      .operation({ key: 'c', f: 'init-cart', stage: '500', atMs: 20, outcome: 'info', error: { code: 'timeout' } })
      .operation({ key: 'd', f: 'init-cart', stage: '500', atMs: 30, outcome: 'open' });
    const { stages } = await fold(history.lines());
    const initCart = stages.get('500')?.steps.get('init-cart');
    expect(initCart).toMatchObject({ begun: 3, ok: 0, fail: 1, info: 1, open: 1 });
    expect(Object.fromEntries(initCart?.errors ?? [])).toEqual({ http_400: 1, timeout: 1 });
    expect([...(stages.get('100')?.steps.get('checkout')?.durationsMs.values() ?? [])]).toEqual([11]);
    expect(stages.get('100')?.polls).toEqual({ reads: 3, failed: 1 });
  });

  it('takes the stage in which the order began, whatever a later line says', async () => {
    const history = new HistoryBuilder()
      .operation({ key: 'a', f: 'init-cart', stage: '100', atMs: 0 })
      .operation({ key: 'a', f: 'checkout', stage: '500', atMs: 100 });
    const { orders, stages } = await fold(history.lines());
    expect(orders.get('a')?.stage).toBe('100');
    expect([...stages.keys()]).toEqual(['100']);
  });

  it('tells operations that a stop cut from others with unknown outcome', async () => {
    const history = new HistoryBuilder()
      .operation({ key: 'a', f: 'init-cart', stage: '100', atMs: 0, durationMs: 900, outcome: 'info' })
      .operation({ key: 'b', f: 'init-cart', stage: '100', atMs: 0, durationMs: 1_000, outcome: 'info' });
    const { stages } = await fold(history.lines(), START_MS + 1_000);
    expect(stages.get('100')?.steps.get('init-cart')).toMatchObject({ info: 2, infoAtStop: 1 });
  });

  it.each([
    ['ok', undefined, 'acknowledged'],
    ['info', undefined, 'unknown'],
    ['open', undefined, 'unknown'],
    ['fail', undefined, 'refused'],
    ['info', 'ok', 'acknowledged'],
    ['fail', 'ok', 'acknowledged'],
    ['ok', 'fail', 'acknowledged'],
    ['fail', 'info', 'unknown'],
    ['info', 'fail', 'unknown'],
    ['fail', 'fail', 'refused'],
  ] as const)('calls a submit that ended %s, then a resubmit that ended %s, %s', async (submit, resubmit, expected) => {
    const history = new HistoryBuilder().operation({ key: 'a', f: 'complete', atMs: 0, outcome: submit });
    if (resubmit !== undefined) history.operation({ key: 'a', f: 'resubmit', atMs: 100, outcome: resubmit });
    const { orders } = await fold(history.lines());
    expect(orders.get('a')?.submission).toBe(expected);
  });

  it('notes that a resubmit got another order', async () => {
    const history = new HistoryBuilder()
      .operation({ key: 'a', f: 'complete', atMs: 0, answer: { orderId: 'id-1' } })
      .operation({ key: 'a', f: 'resubmit', atMs: 100, answer: { orderId: 'id-2' } });
    const { orders } = await fold(history.lines());
    expect(orders.get('a')).toMatchObject({ orderId: 'id-1', secondOrderId: 'id-2', resubmits: 1 });
  });

  it('leaves out items that were refused, and is not certain of items whose outcome is unknown', async () => {
    const add = { f: 'add-items', atMs: 0, asked: CONTENT };
    const history = new HistoryBuilder()
      .operation({ ...add, key: 'refused', outcome: 'fail' })
      .operation({ ...add, key: 'unknown', outcome: 'info' });
    const { orders } = await fold(history.lines());
    expect(orders.get('refused')).toMatchObject({ pieces: 0, contentCertain: true });
    expect(orders.get('unknown')).toMatchObject({ pieces: 3, contentCertain: false });
  });

  it('sees that two virtual users used the same key', async () => {
    const history = new HistoryBuilder()
      .operation({ key: 'a', f: 'init-cart', atMs: 0, process: 'vu1' })
      .operation({ key: 'a', f: 'init-cart', atMs: 9, process: 'vu2' });
    expect((await fold(history.lines())).sharedKeys).toBe(1);
  });

  it('takes faults and exceptions of the scenario for no orders', async () => {
    const history = oneOrder()
      .operation({ key: 'kill-broker', f: 'inject', atMs: 0, process: 'chaos' })
      .operation({
        key: 'x',
        f: 'suite-defect',
        atMs: 5,
        outcome: 'info',
        error: { code: 'exception', message: 'boom' },
      });
    const folded = await fold(history.lines());
    expect([...folded.orders.keys()]).toEqual(['a']);
    expect(folded).toMatchObject({ suiteDefects: 1, suiteDefectMessages: ['boom'] });
  });
});

describe('the condition of a history', () => {
  const conditionOf = async (change: (lines: string[]) => readonly string[]) =>
    (await fold(change([...oneOrder().lines()]))).condition;

  it('is whole when nothing is missing', async () => {
    const condition = await conditionOf((lines) => lines);
    expect(flawsOf(condition)).toEqual([]);
    expect(hasGaps(condition)).toBe(false);
  });

  it('shows a missing end, which is no gap: all that was written is there', async () => {
    const condition = await conditionOf((lines) => lines.slice(0, -1));
    expect(flawsOf(condition)).toEqual(['no end line of g1: it was killed or could not write']);
    expect(hasGaps(condition)).toBe(false);
  });

  it('shows a torn last line', async () => {
    const condition = await conditionOf((lines) => [...lines.slice(0, -1), '{"v":1,"run":"ru']);
    expect(condition).toMatchObject({ tornLastLine: true, damagedLines: 0 });
  });

  it('shows a damaged line in the middle with its number, and reads on behind it', async () => {
    const condition = await conditionOf((lines) => lines.with(3, '{"v":1,"run":"ru'));
    expect(condition).toMatchObject({
      tornLastLine: false,
      damagedLines: 1,
      damage: [{ line: 4, reason: 'is not JSON' }],
    });
    expect(condition.writers[0]?.end).not.toBeNull();
    expect(hasGaps(condition)).toBe(true);
  });

  it.each([
    ['null', 'is not a history line'],
    ['{}', 'belongs to the run undefined'],
  ])('does not crash on the line %s', async (text, reason) => {
    const condition = await conditionOf((lines) => lines.with(3, text));
    expect(condition.damage).toEqual([{ line: 4, reason }]);
  });

  it('shows a line of another run', async () => {
    const condition = await conditionOf((lines) => lines.with(3, (lines[3] ?? '').replace(RUN, 'run-2')));
    expect(condition.damage).toEqual([{ line: 4, reason: 'belongs to the run run-2' }]);
  });

  it('shows a missing pair of lines as a gap in the numbers', async () => {
    const condition = await conditionOf((lines) => lines.filter((line) => !line.includes('"seq":2')));
    expect(condition.writers[0]).toMatchObject({ missingInvokes: 1 });
    expect(hasGaps(condition)).toBe(true);
    expect(flawsOf(condition)).toContain('1 invoke line(s) of g1 missing');
  });

  it('shows a missing completion by the counts of the end line', async () => {
    const condition = await conditionOf((lines) => lines.filter((line) => !line.includes('"durationMs":11')));
    expect(flawsOf(condition)).toEqual(['4 ok lines of g1 where it wrote 5']);
  });

  it('shows lines that come twice, and a completion without an invoke', async () => {
    const condition = await conditionOf((lines) => [
      ...lines.slice(0, 3),
      ...lines.slice(1, 3),
      ...lines.slice(4, -1),
      ...lines.slice(-1),
    ]);
    expect(condition.writers[0]).toMatchObject({
      repeatedInvokes: 1,
      repeatedCompletions: 1,
      completionsWithoutInvoke: 1,
    });
  });

  it('shows a completion that does not fit its invoke', async () => {
    const condition = await conditionOf((lines) =>
      lines.map((line) => (line.includes('"durationMs":11') ? line.replace('"checkout"', '"init-cart"') : line)),
    );
    expect(condition.writers[0]).toMatchObject({ misfits: 1 });
  });

  it('shows a number far beyond all others as damage, not as a million gaps', async () => {
    const condition = await conditionOf((lines) => lines.map((line) => line.replace('"seq":5', '"seq":4000000000')));
    expect(condition.writers[0]?.missingInvokes).toBe(0);
    expect(condition.damage[0]?.reason).toContain('far beyond all others');
  });

  it('shows lines that could not be written, and lines behind the end', async () => {
    const condition = await conditionOf((lines) => [
      ...lines.slice(0, -1).map((line) => line),
      (lines.at(-1) ?? '').replace('"lostLines":0', '"lostLines":7'),
      ...lines.slice(-2, -1),
    ]);
    expect(flawsOf(condition)).toEqual(
      expect.arrayContaining(['7 line(s) that g1 could not write (disk full?)', '1 line(s) after the end line of g1']),
    );
  });

  it('is without any line of this run when the file is missing or empty', async () => {
    expect(flawsOf((await fold([])).condition)).toEqual(['it holds no line of this run']);
  });
});
