import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { duplicationOf, type MessageRecord } from './message-evidence.ts';
import { MessageScene } from './testing/message-scene.ts';

const held = (): MessageScene => new MessageScene().held(3).fault();
const judged = async (scene: MessageScene) => judge(await scene.evidence());

describe('a message that came more than once', () => {
  const record = (script: Partial<MessageRecord>): MessageRecord => ({
    ...{ key: 'm', published: { acked: 1, refused: 0, unknown: 0 }, ackedMs: 1, deliveries: 1, redelivered: 0 },
    ...{ marked: 0, markedBeforeAll: false, unsettled: 0, deadLettered: 0, consumedMs: 1 },
    ...script,
  });
  const none = { byRedelivery: 0, byResend: 0, unexplained: 0 };

  it.each([
    ['once', {}, none],
    ['again with the flag', { deliveries: 2, marked: 1 }, { ...none, byRedelivery: 1 }],
    ['with the flag each time', { deliveries: 2, marked: 2 }, { ...none, byRedelivery: 1 }],
    ['again without the flag', { deliveries: 2 }, { ...none, unexplained: 1 }],
    [
      'twice, published twice',
      { deliveries: 2, published: { acked: 1, refused: 0, unknown: 1 } },
      { ...none, byResend: 1 },
    ],
    [
      'twice, one of two refused',
      { deliveries: 2, published: { acked: 1, refused: 1, unknown: 0 } },
      { ...none, unexplained: 1 },
    ],
    [
      'four times in all ways',
      { deliveries: 4, marked: 1, published: { acked: 2, refused: 0, unknown: 0 } },
      { byRedelivery: 1, byResend: 1, unexplained: 1 },
    ],
    [
      'again without the flag, after one with the flag',
      { deliveries: 2, marked: 1, markedBeforeAll: true },
      { ...none, unexplained: 1 },
    ],
    [
      'again without the flag, after one with the flag, published twice',
      { deliveries: 3, marked: 2, markedBeforeAll: true, published: { acked: 2, refused: 0, unknown: 0 } },
      { ...none, byRedelivery: 1, byResend: 1 },
    ],
  ] as const)('%s', (_how, script, expected) => {
    expect(duplicationOf(record(script))).toEqual(expected);
  });

  it('is explained by its flag, its delivery count, or the dead-letter queue', async () => {
    const scene = held()
      .drain('m-1', { atMs: 68_000, redelivered: true })
      .drain('m-2', { atMs: 68_000, deliveryCount: 2 })
      .drain('m-3', { atMs: 68_000, deadLetter: true });
    expect(await judged(scene)).toMatchObject({
      exitCode: 0,
      messages: { deliveries: 6, redelivered: 1, deadLettered: 1, duplicated: { byRedelivery: 3, unexplained: 0 } },
    });
  });
});

describe('an unmarked delivery in the drain', () => {
  const duplicated = async (scene: MessageScene) => (await judged(scene)).messages?.duplicated;
  const none = { byRedelivery: 0, byResend: 0, unexplained: 0 };

  it.each([
    ['the load', held().publish('m').stream('m', { redelivered: true }).drain('m')],
    ['the drain itself', held().publish('m').drain('m', { redelivered: true }).drain('m', { atMs: 68_000 })],
  ])('is not explained by the mark of one that came before it in %s: exit 2', async (_where, scene) => {
    const verdict = await judged(scene);
    expect(verdict).toMatchObject({ exitCode: 2, messages: { duplicated: { ...none, unexplained: 1 } } });
    expect(verdict.because).toContain('S1-DUP-MESSAGES: 1 delivery of a message that had come before');
  });

  it('may be the first of a second publication', async () => {
    const scene = held().publish('m').publish('m', 'info').stream('m', { redelivered: true }).drain('m');
    expect(await duplicated(scene)).toEqual({ ...none, byResend: 1 });
  });

  it('explains a marked one that comes after it', async () => {
    const scene = held().publish('m').drain('m').drain('m', { atMs: 68_000, redelivered: true });
    expect(await duplicated(scene)).toEqual({ ...none, byRedelivery: 1 });
  });

  it('is another matter than one of the load, whose virtual users write in no certain order', async () => {
    const scene = held().publish('m').stream('m', { redelivered: true }).stream('m', { atMs: 2_001 });
    expect(await duplicated(scene)).toEqual({ ...none, byRedelivery: 1 });
  });
});
