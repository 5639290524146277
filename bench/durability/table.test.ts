import { expect, it } from 'vitest';
import type { MessageFigures } from '../../lib/model/message.ts';
import { aimsOf, type Followed, tableOf } from './table.ts';

const followed = (change: Partial<MessageFigures> = {}, exitCode = 0): Followed => ({
  ...{ mode: change.mode ?? 'backlog', fault: 'leader-kill', exitCode, run: 'runs/1' },
  brokerVersion: '3.10.8',
  figures: {
    ...{ mode: 'backlog', fault: 'leader-kill', queueType: 'quorum', confirms: true },
    ...{ published: 1_100, acked: 1_000, refused: 50, unknown: 50, consumed: 1_000, deliveries: 1_001 },
    ...{ redelivered: 1, lost: 0, duplicated: { byRedelivery: 1, byResend: 0, unexplained: 0 }, unexpected: 0 },
    ...{ recovered: 0, never: 50, deadLettered: 0, atRisk: 900, lostAtRisk: 0, faults: 1, longestGapMs: 641 },
    ...change,
  },
});

it('sums up the messages of equal runs, with the least at risk and the longest time without progress', () => {
  const rows = tableOf([followed(), followed({ atRisk: 800, longestGapMs: 2_000 }), followed({ mode: 'streaming' })]);
  expect(rows.slice(1)).toEqual([
    ['backlog', 'leader-kill', '2', '2,200', '2,000', '100', '800', '2,002', '2', '0', '0', '2 s'],
    ['streaming', 'leader-kill', '1', '1,100', '1,000', '50', '900', '1,001', '1', '0', '0', '641 ms'],
  ]);
});

it('misses its aims with one lost message, one unexplained duplicate, or one run that does not pass', () => {
  const metOf = (...runs: readonly Followed[]) => aimsOf(runs).map(({ met }) => met);
  expect(metOf(followed(), followed())).toEqual([true, true, true]);
  expect(metOf(followed(), followed({ lost: 1 }, 2))).toEqual([false, true, false]);
  const twice = { byRedelivery: 0, byResend: 0, unexplained: 1 };
  expect(metOf(followed({ duplicated: twice }, 2))).toEqual([true, false, false]);
});

it('shows a run that came to no verdict, counts no figure of it, and misses its aim', () => {
  const none: Followed = { ...followed({}, 0), brokerVersion: null, figures: null };
  expect(tableOf([followed(), none])[1]?.slice(0, 4)).toEqual([
    ...['backlog', 'leader-kill', '2, 1 without a verdict', '1,100'],
  ]);
  expect(tableOf([none])[1]).toContain('1, 1 without a verdict');
  expect(aimsOf([followed(), none]).map(({ met }) => met)).toEqual([true, true, false]);
});

it('counts nothing as lost that was only not seen', () => {
  const unseen = followed({ unseen: { messages: 7, but: 'the queues were not read to their end' } }, 5);
  expect(aimsOf([unseen]).map(({ met }) => met)).toEqual([true, true, false]);
});
