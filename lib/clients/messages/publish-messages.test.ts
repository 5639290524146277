import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessagePlan, Phase } from '../../config/message-plan.ts';
import type { BatchOutcome, Channel } from '../../k6/amqp.ts';
import { k6 } from '../testing/fake-k6.ts';
import type { Conductor } from './conductor.ts';
import { publishMessages } from './publish-messages.ts';

vi.mock('../../k6/ledger.ts', () => import('../testing/fake-k6.ts'));
vi.mock('../../k6/http.ts', () => import('../testing/fake-k6.ts'));
vi.mock('../../k6/timers.ts', () => ({ setTimeout: (done: () => void) => done() }));

type Others = BatchOutcome['others'];

const plan = {
  run: 'run-1',
  queue: 'q',
  confirms: true,
  bodySizeBytes: 3,
  pace: { trickle: { batchMessages: 2, everyMs: 10 }, fill: { batchMessages: 3, everyMs: 0 } },
} as unknown as MessagePlan;

beforeEach(() => k6.reset(() => ({ status: 200 })));

/** Publishes through the phases, each batch with its exceptions; gives what the conductor was told last. */
async function publish(phases: readonly Phase[], exceptions: readonly Others[] = [], confirms = true) {
  const left = [...phases];
  const exceptionsLeft = [...exceptions];
  const told: unknown[] = [];
  const conductor = {
    ask: (progress: unknown) => {
      told.push(progress);
      return left.shift() ?? 'stop';
    },
  } as unknown as Conductor;
  const sent: string[] = [];
  const channel = {
    publishMany: async (messages: readonly { messageId: string }[]) => {
      k6.events.push('send');
      sent.push(...messages.map(({ messageId }) => messageId));
      return { others: exceptionsLeft.shift() ?? [] };
    },
  } as unknown as Channel;
  await publishMessages({ plan: { ...plan, confirms }, channel, conductor, publisher: 3 });
  return { told: told.at(-1), sent };
}

const outcomes = () => k6.operations.map(({ outcome }) => outcome);

describe('a publisher', () => {
  it('writes every message down before it is sent, under the id that it has, and numbers them without gaps', async () => {
    const { sent, told } = await publish(['trickle', 'fill', 'stop']);
    expect(sent).toEqual([1, 2, 3, 4, 5].map((number) => `run-1/3/${number}`));
    expect(k6.operations.map(({ key }) => key)).toEqual(sent);
    expect(k6.events.slice(0, 3)).toEqual(['begin publish', 'begin publish', 'send']);
    expect(told).toEqual({ process: 'vu3', published: 5, acked: 5, delivered: 0 });
  });

  it('publishes nothing when it is told to stop', async () => {
    expect((await publish(['stop'])).sent).toEqual([]);
  });

  it.each([
    ['acknowledged', undefined, 'ok'],
    ['returned', { kind: 'returned', code: 'returned', text: 'NO_ROUTE', replyCode: 312, durationMs: 1 }, 'fail'],
    ['never sent', { kind: 'rejected', code: 'not_open', text: '' }, 'fail'],
    ['nacked', { kind: 'nacked', durationMs: 1 }, 'info'],
    ['cut off', { kind: 'unknown', code: 'connection_lost', text: '' }, 'info'],
    ['sent without a confirm that was asked for', { kind: 'unknown', code: 'unconfirmed', text: '' }, 'info'],
  ] as const)('calls a message that was %s by its right outcome', async (_what, other, expected) => {
    await publish(['trickle'], [other === undefined ? [] : [{ ...other, index: 1 }]]);
    expect(outcomes()).toEqual(['ok', expected]);
  });

  it('without confirms takes for acknowledged what it has sent, and nothing else', async () => {
    const others: Others = [
      { kind: 'unknown', code: 'unconfirmed', text: '', index: 0 },
      { kind: 'unknown', code: 'connection_lost', text: '', index: 1 },
    ];
    expect((await publish(['trickle'], [others], false)).told).toMatchObject({ published: 2, acked: 1 });
    expect(outcomes()).toEqual(['ok', 'info']);
  });
});
