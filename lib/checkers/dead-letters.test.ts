import { describe, expect, it } from 'vitest';
import { deadLetters } from './dead-letters.ts';
import { check, checkBound } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

const scene = (before: number, after: number): Scene =>
  new Scene().watched([
    ...[-1_000, 18_000, 38_000, 58_000].map((atMs) => ({ atMs, deadLetters: before })),
    { atMs: 77_000, deadLetters: after },
  ]);

describe('dead letters', () => {
  it('pass when none came and few are there', async () => {
    expect(await check(deadLetters, scene(5, 5))).toMatchObject([
      { id: 'S1-DLQ', status: 'pass', observed: 5 },
      { id: 'S1-DLQ-NEW', status: 'pass', observed: 0, message: 'no message was dead-lettered' },
    ]);
  });

  it('fail for a single new one, and name its queue', async () => {
    const finding = await checkBound(deadLetters, scene(5, 6), 'S1-DLQ-NEW');
    expect(finding).toMatchObject({ status: 'fail', observed: 1 });
    expect(finding.message).toBe('1 message dead-lettered: 1 in orders.dead-letter');
  });

  it('fail for those that somebody removed again while the load ran', async () => {
    const looks = [{ atMs: -1_000 }, { atMs: 30_000, deadLetters: 2 }, { atMs: 66_000 }];
    expect(await checkBound(deadLetters, new Scene().watched(looks), 'S1-DLQ-NEW')).toMatchObject({
      status: 'fail',
      observed: 2,
    });
  });

  it('fail for new ones that came while old ones were taken away', async () => {
    const depths = [10, 0, 0, 0, 7];
    const looks = depths.map((deadLetters, index) => ({ atMs: -1_000 + index * 19_500, deadLetters }));
    expect(await checkBound(deadLetters, new Scene().watched(looks), 'S1-DLQ-NEW')).toMatchObject({
      status: 'fail',
      observed: 7,
    });
  });

  it('fail when there are too many, old ones too', async () => {
    expect(await checkBound(deadLetters, scene(101, 101), 'S1-DLQ')).toMatchObject({ status: 'fail', observed: 101 });
  });

  it('are inconclusive when nobody looked before and after the load', async () => {
    const late = new Scene().watched([{ atMs: 10_000 }, { atMs: 66_000 }]);
    expect(await checkBound(deadLetters, late, 'S1-DLQ-NEW')).toMatchObject({
      status: 'inconclusive',
      message: 'cannot be judged: it was not seen before the load',
    });
    const blind = new Scene().watched([{ atMs: -1_000 }, { atMs: 41_000 }, { atMs: 60_000 }, { atMs: 77_000 }]);
    expect(await checkBound(deadLetters, blind, 'S1-DLQ')).toMatchObject({
      status: 'inconclusive',
      message: 'cannot be judged: it was not seen for 42 s',
    });
    const early = new Scene().watched([{ atMs: -1_000 }]);
    expect(await checkBound(deadLetters, early, 'S1-DLQ-NEW')).toMatchObject({ status: 'inconclusive' });
    const never = new Scene().watched(null);
    expect(await checkBound(deadLetters, never, 'S1-DLQ')).toMatchObject({ status: 'inconclusive', promised: true });
  });
});
