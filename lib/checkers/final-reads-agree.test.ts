import { describe, expect, it } from 'vitest';
import { finalReadsAgree } from './final-reads-agree.ts';
import { checkOne } from './testing/check.ts';
import { ABSENT } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

describe('HTTP and store', () => {
  it('agree when they tell the same of every order', async () => {
    const scene = new Scene().orders(3).order('lost', { finalRead: ABSENT });
    expect(await checkOne(finalReadsAgree, scene)).toMatchObject({ status: 'pass', samples: 4 });
  });

  it('agree when an order became final between the two reads', async () => {
    const settle = { startedMs: 0, endedMs: 30_000, stuckAfterMs: 30_000, allFinal: false };
    const scene = new Scene().order('late', { completionMs: null, sees: 'Placed', row: 'Fulfilling' }).run({ settle });
    expect(await checkOne(finalReadsAgree, scene)).toMatchObject({ status: 'pass' });
  });

  it('disagree when HTTP still tells an old state of an order that was seen at rest', async () => {
    const scene = new Scene().orders(3).order('stale', { finalRead: 'Placed', row: 'Fulfilling' });
    expect(await checkOne(finalReadsAgree, scene)).toMatchObject({ kind: 'integrity', status: 'fail' });
  });

  it.each([
    ['only HTTP has an order', { finalRead: 'Fulfilling', row: ABSENT }],
    ['only the store has an order', { finalRead: ABSENT, row: 'Fulfilling' }],
    ['one says completed and the other one failed', { finalRead: 'Fulfilling', row: 'OutOfStock' }],
  ] as const)('disagree when %s', async (_what, script) => {
    const finding = await checkOne(finalReadsAgree, new Scene().orders(3).order('odd', script));
    expect(finding).toMatchObject({ kind: 'integrity', status: 'fail' });
    expect(finding.evidence).toMatchObject({ disagreements: { count: 1, listed: [{ key: 'odd' }] } });
  });

  it('are not compared when there is only one of them', async () => {
    for (const scene of [new Scene().orders(3).withoutQueries(), new Scene().orders(3).withoutFinalReads()]) {
      expect(await checkOne(finalReadsAgree, scene)).toMatchObject({ status: 'not-measured', promised: false });
    }
  });
});
