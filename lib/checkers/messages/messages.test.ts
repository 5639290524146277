import { describe, expect, it } from 'vitest';
import { type Drain, MESSAGE_QUEUE, type MessageRun } from '../../model/message.ts';
import { judge } from '../judge.ts';
import { START_MS } from '../testing/history-builder.ts';
import { aMessageRun, leaving, MessageScene } from './testing/message-scene.ts';

const held = (): MessageScene => new MessageScene().held(3).fault();
const judged = async (scene: MessageScene) => judge(await scene.evidence());
const statusOf = (verdict: Awaited<ReturnType<typeof judged>>, id: string) =>
  verdict.findings.find((finding) => finding.id === id)?.status;

describe('a run about messages', () => {
  it('in which every acknowledged message came back passes, with figures that add up', async () => {
    const scene = held()
      .publish('refused', 'fail')
      .publish('unknown', 'info')
      .publish('arrived', 'info')
      .drain('arrived');
    const verdict = await judged(scene);
    expect(verdict).toMatchObject({
      word: 'pass',
      exitCode: 0,
      stages: [],
      orders: { begun: 0 },
      operations: { begun: 6, ok: 3, fail: 1, info: 2 },
      durability: '0 of 3 at risk lost over 1 fault: durability ≥ 36.84 % at 95 %, for these faults only.',
    });
    expect(verdict.messages).toMatchObject({
      ...{ published: 6, acked: 3, refused: 1, unknown: 2, consumed: 4, deliveries: 4, redelivered: 0 },
      ...{ lost: 0, unexpected: 0, recovered: 1, never: 1, atRisk: 3, faults: 1, lostAtRisk: 0 },
      duplicated: { byRedelivery: 0, byResend: 0, unexplained: 0 },
    });
  });

  it('is judged by none of the checkers of orders, and a run about orders by none of these', async () => {
    const ids = (await judged(held())).findings.map(({ id }) => id);
    expect(ids).toEqual([
      ...['interruption', 'generator', 'history-complete', 'final-reads-complete', 'chaos-complete', 'clock'],
      ...['operations-conservation', 'faults-healed', 'S1-DURABLE-MESSAGES', 'no-message-unexpected'],
      ...['S1-DUP-MESSAGES', 'queues-empty', 'faults-struck', 'messages-at-risk', 'timeline-complete'],
    ]);
  });

  it.each([
    [2, 'S1-DURABLE-MESSAGES', held().publish('lost')],
    [2, 'S1-DURABLE-MESSAGES', held().publish('owed').stream('owed', { outcome: 'fail' })],
    [2, 'no-message-unexpected', held().drain('foreign')],
    [2, 'no-message-unexpected', held().publish('refused', 'fail').drain('refused')],
    [2, 'S1-DUP-MESSAGES', held().drain('m-1', { atMs: 68_000 })],
    [5, 'queues-empty', held().told(leaving(1))],
    [5, 'queues-empty', held().told({ drain: null })],
    [5, 'queues-empty', held().told(drained({ nodes: [] }))],
    [5, 'queues-empty', held().told(drained({ left: [{ queue: MESSAGE_QUEUE, messages: 0 }] }))],
    [5, 'queues-empty', held().told(drained({ startedMs: START_MS + 64_999 }))],
    [5, 'final-reads-complete', streaming().stream('seen-perhaps').withoutDrain()],
    [5, 'final-reads-complete', held().finalReads((lines) => lines.map((line) => line.replaceAll('suite', 'g1')))],
    [5, 'history-complete', held().history((lines) => lines.map((line) => line.replaceAll('publish', 'publsh')))],
    [5, 'messages-at-risk', held().told({ atRiskWanted: 4 })],
    [5, 'faults-struck', new MessageScene().held(3)],
    [5, 'faults-struck', new MessageScene().held(3).fault(30_000, { inject: 'info' })],
    [5, 'faults-struck', new MessageScene().held(3).fault(30_000, { key: 'follower-kill' })],
    [5, 'faults-struck', held().told({ fault: 'none' })],
    [7, 'faults-healed', new MessageScene().held(3).fault(30_000, { heal: 'info' })],
    [7, 'faults-healed', new MessageScene().held(3).fault(30_000, { heal: 'open' })],
    [7, 'faults-healed', new MessageScene().held(3).fault(30_000, { heal: 'none' })],
    [5, 'history-complete', held().history((lines) => lines.slice(0, -1))],
    [5, 'final-reads-complete', held().finalReads((lines) => lines.slice(0, -1))],
    [5, 'S1-DURABLE-MESSAGES', new MessageScene().publish('m', 'info').drain('m').fault()],
    [70, 'generator', held().run({ generators: [{ generator: 'g1', exitCode: 107, signal: null }] })],
  ] as const)('ends with %d because of %s', async (exitCode, id, scene) => {
    const verdict = await judged(scene);
    expect(verdict.exitCode).toBe(exitCode);
    expect(verdict.because.startsWith(`${id}: `)).toBe(true);
  });

  it('is not measured by halves: what was done under an unknown word is named', async () => {
    const scene = new MessageScene()
      .publish('m-1')
      .drain('m-1')
      .publish('m-2', 'ok', 2_000)
      .fault()
      .history((lines) => lines.map((line) => (line.includes('m-2') ? line.replace('publish', 'publsh') : line)));
    const verdict = await judged(scene);
    expect(verdict).toMatchObject({ exitCode: 5, messages: { published: 1, lost: 0 } });
    expect(verdict.because).toBe(
      'history-complete: history.ndjson is not whole: 2 damaged line(s) (the first: line 4 tells of publsh, which nobody does here); also operations-conservation',
    );
  });

  it('is judged by its messages also where run.json gives no bounds on them', async () => {
    const bounds = aMessageRun().bounds;
    const without = (metric: string) => ({ bounds: bounds.filter((bound) => bound.metric !== metric) });
    const lost = await judged(held().publish('lost').run(without('messages_lost')));
    expect(lost).toMatchObject({ exitCode: 2, because: 'no-message-lost: 1 of 4 acknowledged messages lost' });
    const twice = await judged(held().drain('m-1', { atMs: 68_000 }).run(without('messages_duplicated')));
    expect(twice.exitCode).toBe(2);
    expect(statusOf(twice, 'no-message-duplicated')).toBe('fail');
    expect(await judged(held().run(without('messages_lost')))).toMatchObject({ exitCode: 0 });
  });

  it('strikes by its fault as often as it likes, under numbered keys', async () => {
    const scene = held().fault(40_000, { key: 'leader-kill#2' });
    expect(statusOf(await judged(scene), 'faults-struck')).toBe('pass');
  });

  it('without a fault shows conservation only, says so, and passes', async () => {
    const verdict = await judged(new MessageScene().held(3).told({ fault: 'none' }));
    expect(verdict).toMatchObject({
      exitCode: 0,
      durability:
        'No fault was injected: this run shows conservation (0 of 3 acknowledged messages lost), not durability.',
    });
    expect(statusOf(verdict, 'messages-at-risk')).toBe('not-measured');
  });
});

describe('a message that no consumer is known to have seen', () => {
  it('flips the verdict, and is named', async () => {
    const verdict = await judged(held().finalReads((lines) => lines));
    expect(verdict.exitCode).toBe(0);
    const dropped = await judged(new MessageScene().held(2).publish('m-3').fault());
    expect(dropped).toMatchObject({ exitCode: 2, messages: { lost: 1 } });
    expect(dropped.findings.find(({ id }) => id === 'S1-DURABLE-MESSAGES')).toMatchObject({
      message: '1 of 3 acknowledged messages lost',
      evidence: { unseen: { count: 1, listed: [{ key: 'm-3' }] } },
    });
  });

  it.each([
    ['is still in a queue', held().publish('left').told(leaving(1))],
    ['may be in a queue that was not read', held().publish('left').told({ drain: null })],
    ['may have been consumed in lines that are missing', streaming().history((lines) => lines.slice(0, -1))],
    [
      'may have been drained in lines that are missing',
      held()
        .publish('left')
        .finalReads((lines) => lines.slice(0, -1)),
    ],
    [
      'may be in a queue of which nobody was asked',
      held()
        .publish('left')
        .told(drained({ nodes: [] })),
    ],
    [
      'may have been consumed by a generator whose lines are missing',
      streaming().run({ generators: ['g1', 'g2'].map((generator) => ({ generator, exitCode: 0, signal: null })) }),
    ],
  ] as const)('is not called lost when it %s', async (_why, scene) => {
    const verdict = await judged(scene);
    expect(verdict).toMatchObject({ exitCode: 5, messages: { lost: 0, lostAtRisk: 0, unseen: { messages: 1 } } });
    expect(verdict.durability).toContain('Nothing can be said about durability: 1 of 4 acknowledged messages not seen');
    expect(statusOf(verdict, 'S1-DURABLE-MESSAGES')).toBe('inconclusive');
  });

  it('leaves it open why in the sentence about durability', async () => {
    expect((await judged(held().publish('left').told(leaving(1)))).durability).toBe(
      'Nothing can be said about durability: 1 of 4 acknowledged messages not seen, but after the drain stampede.durability.messages holds 1 message.',
    );
  });

  it('is lost all the same when only lines of publishers can be missing', async () => {
    const scene = held()
      .publish('lost')
      .history((lines) => lines.slice(0, -1));
    expect(await judged(scene)).toMatchObject({ exitCode: 2 });
  });

  it('may have been acknowledged to the broker when nobody knows how the delivery ended', async () => {
    expect(await judged(held().publish('cut').stream('cut', { outcome: 'open' }))).toMatchObject({ exitCode: 0 });
  });
});

function drained(change: Partial<Drain>): Partial<MessageRun> {
  const { drain } = leaving(0);
  if (!drain) throw new Error('a drain that was not made');
  return { drain: { ...drain, ...change } };
}

function streaming(): MessageScene {
  return held().told({ mode: 'streaming' }).publish('seen-perhaps');
}

describe('messages at risk', () => {
  const atRisk = async (scene: MessageScene) => (await judged(scene)).messages?.atRisk;

  it.each([
    ['acknowledged before the fault and consumed after it struck', 1, { publishMs: 1_000, consumeMs: 30_050 }],
    ['acknowledged and consumed before the fault', 0, { publishMs: 1_000, consumeMs: 20_000 }],
    ['acknowledged while the fault was active, whenever consumed', 1, { publishMs: 31_000, consumeMs: 31_000 }],
    ['acknowledged while the fault was active, though consumed before', 1, { publishMs: 29_995, consumeMs: 29_980 }],
    ['acknowledged when all was well again', 0, { publishMs: 35_001, consumeMs: 36_000 }],
  ])('%s: %d', async (_when, expected, { publishMs, consumeMs }) => {
    const scene = new MessageScene().publish('m', 'ok', publishMs).stream('m', { atMs: consumeMs }).fault(30_000);
    expect(await atRisk(scene)).toBe(expected);
  });

  it('are none for a fault without an effect, and count once over several faults', async () => {
    expect(await atRisk(new MessageScene().held(2).fault(30_000, { inject: 'info' }))).toBe(0);
    expect(await atRisk(new MessageScene().held(2).fault(30_000).fault(40_000))).toBe(2);
  });

  it('are all that was acknowledged since, while nobody has seen that all is well', async () => {
    const scene = new MessageScene().publish('m', 'ok', 60_000).stream('m', { atMs: 60_100 });
    expect(await atRisk(scene.fault(30_000, { heal: 'info' }))).toBe(1);
  });
});

describe('the longest time between two acknowledgements', () => {
  const gap = async (scene: MessageScene) => (await judged(scene)).messages?.longestGapMs;

  it('counts while publishing is on, also after the last acknowledgement', async () => {
    const calm = new MessageScene().publish('a', 'ok', 0).publish('b', 'ok', 300).publish('c', 'ok', 400);
    expect(await gap(calm)).toBe(300);
    expect(await gap(calm.publish('d', 'info', 5_410))).toBe(5_000);
  });

  it('is not known with fewer than two', async () => {
    expect(await gap(new MessageScene().publish('a'))).toBeNull();
    expect(await gap(new MessageScene().publish('a', 'info'))).toBeNull();
  });
});
