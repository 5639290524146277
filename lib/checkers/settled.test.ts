import { describe, expect, it } from 'vitest';
import { settled } from './settled.ts';
import { checkOne } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { Scene } from './testing/scene.ts';

const waited = (ms: number, allFinal: boolean) =>
  new Scene().run({ settle: { startedMs: START_MS, endedMs: START_MS + ms, stuckAfterMs: 10_000, allFinal } });

describe('the settle wait', () => {
  it('passes when all orders were at rest, however soon', async () => {
    expect(await checkOne(settled, waited(500, true))).toMatchObject({ status: 'pass', promised: true });
  });

  it('passes when it took the whole stuck time of the profile', async () => {
    const finding = await checkOne(settled, waited(30_000, false));
    expect(finding).toMatchObject({ status: 'pass', message: expect.stringContaining('the wait was long enough: ') });
  });

  it('is inconclusive when it was cut, and when there was none; it never fails', async () => {
    expect(await checkOne(settled, waited(10_000, false))).toMatchObject({ status: 'inconclusive', promised: true });
    expect(await checkOne(settled, new Scene().run({ settle: null }))).toMatchObject({ status: 'inconclusive' });
  });
});
