import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/checkers/judge.ts';
import { aRun } from '../../lib/checkers/testing/a-run.ts';
import { ABSENT, UNANSWERED } from '../../lib/checkers/testing/order-script.ts';
import { Scene } from '../../lib/checkers/testing/scene.ts';
import {
  isEffectsLine,
  isHistoryLine,
  isObservation,
  isRunRecord,
  isTapLine,
  isTimelineLine,
  isVerdict,
} from './schemas.ts';

/** Every kind of line that the suite writes is in here. */
const scene = new Scene()
  .orders(3)
  .order('cut', { checkout: 'open' })
  .order('refused', { submit: 'fail' })
  .order('unknown', { submit: 'info', finalRead: UNANSWERED, row: ABSENT })
  .order('never-final', { completionMs: null, sees: 'Placed', effects: { payment: 1 } })
  .order('lost', { resubmit: 'ok', finalRead: ABSENT })
  .tapped({ deadLetters: [{}, { orderId: 'a', queue: null, reason: null, messageId: null }] });
const files = scene.files();
const parsed = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the schema of the history', () => {
  it('takes every line that a run writes', () => {
    const refused = parsed([...files.history, ...files.finalReads]).filter((line) => !isHistoryLine(line));
    expect(refused).toEqual([]);
  });

  const lines = parsed([...files.history, ...files.finalReads]);
  const like = (parts: Record<string, unknown>) => {
    const found = lines.find((line) => Object.entries(parts).every(([key, value]) => line[key] === value));
    if (found === undefined) throw new Error(`no line like ${JSON.stringify(parts)}`);
    return found;
  };
  const invoke = like({ type: 'invoke', f: 'add-items' });
  const completion = like({ type: 'ok', f: 'complete' });
  const awaited = like({ type: 'ok', f: 'await' });
  const read = like({ type: 'ok', f: 'final-read' });
  const end = like({ type: 'end' });

  it.each([
    ['an unknown key', { ...invoke, colour: 'red' }],
    ['an unknown type', { ...invoke, type: 'maybe' }],
    ['another version', { ...invoke, v: 2 }],
    ['no sequence number', { ...invoke, seq: undefined }],
    ['a sequence number that is no whole number', { ...invoke, seq: 1.5 }],
    ['an empty key', { ...invoke, key: '' }],
    ['a duration in an invoke', { ...invoke, durationMs: 1 }],
    ['no duration in a completion', { ...completion, durationMs: undefined }],
    ['a negative duration', { ...completion, durationMs: -1 }],
    ['an error without a code', { ...completion, error: { message: 'no' } }],
    [
      'line items that are not whole pieces',
      { ...invoke, value: { lineItems: [{ sku: 'a', quantity: 0.5, unitPriceCents: 1 }] } },
    ],
    ['an await value without reads', { ...awaited, value: { status: 'Placed' } }],
    ['a final read without an answer', { ...read, value: undefined }],
    ['a final read whose answer is unclear', { ...read, value: { present: 'yes', orderId: null, status: null } }],
    ['an end line without counts', { ...end, counts: undefined }],
    ['an end line without lost lines', { ...end, lostLines: undefined }],
    ['a number', 7],
    ['null', null],
  ])('refuses %s', (_what, line) => {
    expect(isHistoryLine(line === null ? null : JSON.parse(JSON.stringify(line)))).toBe(false);
  });
});

describe('the schema of effects', () => {
  it('takes every line that a run writes', () => {
    expect(parsed(files.effects).filter((line) => !isEffectsLine(line))).toEqual([]);
    expect(new Set(parsed(files.effects).map((line) => line.type))).toEqual(
      new Set(['order', 'effect', 'total', 'query-end']),
    );
  });

  it.each([
    ['an unknown type', { type: 'refund', orderId: 'a', count: 1 }],
    ['no type', { orderId: 'a' }],
    ['an unknown key', { type: 'effect', orderId: 'a', kind: 'payment', count: 1, amount: 3 }],
    ['a total that is no whole number', { type: 'total', phase: 'after', name: 'money-captured', value: 1.5 }],
    ['an unknown total', { type: 'total', phase: 'after', name: 'money-refunded', value: 1 }],
  ])('refuses %s', (_what, line) => {
    expect(isEffectsLine(line)).toBe(false);
  });
});

describe('the schema of events', () => {
  it('takes every line that a run writes', () => {
    expect(parsed(files.events).filter((line) => !isTapLine(line))).toEqual([]);
    expect(new Set(parsed(files.events).map((line) => line.type))).toEqual(new Set(['event', 'dead-letter', 'end']));
  });

  const [event] = parsed(files.events);
  it.each([
    ['an unknown type', { ...event, type: 'command' }],
    ['the body of a message', { ...event, body: '{}' }],
    ['no order id', { ...event, orderId: undefined }],
    ['an end that does not say whether it overflowed', { v: 1, type: 'end', timeMs: 1, lines: 1 }],
  ])('refuses %s', (_what, line) => {
    expect(isTapLine(JSON.parse(JSON.stringify(line)))).toBe(false);
  });
});

describe('the schema of run.json', () => {
  it('takes a run at its beginning, at its end and after a stop', () => {
    const interruption = { by: 'SIGINT', timeMs: 1, reason: 'stopped by SIGINT' } as const;
    expect(isRunRecord(aRun())).toBe(true);
    expect(isRunRecord(aRun({ endedMs: null, load: null, settle: null, generators: [], clocks: [] }))).toBe(true);
    expect(isRunRecord(aRun({ interruption }))).toBe(true);
    expect(isRunRecord(aRun({ target: { ...aRun().target, plantedDefects: ['phantom-ok=0.05'] } }))).toBe(true);
    expect(isRunRecord(files.run)).toBe(true);
  });

  it('refuses unknown keys, also deep inside, so that no secret slips in', () => {
    expect(isRunRecord({ ...aRun(), password: 'secret' })).toBe(false);
    expect(isRunRecord({ ...aRun(), target: { ...aRun().target, database: { password: 'secret' } } })).toBe(false);
  });
});

describe('the schema of verdict.json', () => {
  it('takes what the checkers say of any run', async () => {
    const verdict = judge(await scene.evidence());
    expect(isVerdict(JSON.parse(JSON.stringify(verdict)))).toBe(true);
    expect(isVerdict({ ...verdict, plantedDefects: ['phantom-ok=0.05'] })).toBe(true);
  });

  it('refuses an exit code that means nothing, and a number that is none', async () => {
    const verdict = judge(await new Scene().orders(3).evidence());
    const [finding] = verdict.findings;
    expect(isVerdict({ ...verdict, exitCode: 99 })).toBe(false);
    expect(isVerdict({ ...verdict, findings: [{ ...finding, observed: Number.NaN }] })).toBe(false);
    expect(isVerdict({ ...verdict, findings: [{ ...finding, observed: Number.POSITIVE_INFINITY }] })).toBe(false);
  });
});

describe('the schemas of timeline and observations', () => {
  const window = {
    v: 1,
    run: 'run-1',
    generator: 'g1',
    timeMs: 1_800_000_000_000,
    windowMs: 1_000,
    metric: 'http_req_duration',
  };

  it('take their lines', () => {
    const trend = {
      ...window,
      kind: 'trend',
      stage: '100',
      step: 'checkout',
      count: 3,
      value: 12.5,
      hist: 'HISTFAAAAB',
    };
    expect(isTimelineLine(trend)).toBe(true);
    expect(isTimelineLine({ ...window, kind: 'counter', count: 3, value: 3 })).toBe(true);
    expect(isTimelineLine({ v: 1, run: 'run-1', generator: 'g1', type: 'end', lines: 3, lostLines: 0 })).toBe(true);
    const cut = { v: 1, run: 'run-1', generator: 'g1', type: 'end', lines: 3, lostLines: 1, droppedSamples: 7 };
    expect(isTimelineLine(cut)).toBe(true);
    const depth = { v: 1, timeMs: 1, source: 'broker', metric: 'queue_depth_messages', name: 'orders', value: 0 };
    expect(isObservation(depth)).toBe(true);
  });

  it('refuse unknown keys and kinds', () => {
    expect(isTimelineLine({ ...window, kind: 'summary', count: 3, value: 3 })).toBe(false);
    expect(isTimelineLine({ ...window, kind: 'counter', count: 3, value: 3, orderId: 'a' })).toBe(false);
    expect(isObservation({ v: 1, timeMs: 1, source: 'redis', metric: 'keys', name: 'a', value: 0 })).toBe(false);
  });
});
