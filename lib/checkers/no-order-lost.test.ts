import { describe, expect, it } from 'vitest';
import { noOrderLost } from './no-order-lost.ts';
import { PROFILE } from './testing/a-run.ts';
import { checkOne } from './testing/check.ts';
import { ABSENT, UNANSWERED } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

describe('S1-DURABLE', () => {
  it('passes when every acknowledged order was found again', async () => {
    const finding = await checkOne(noOrderLost, new Scene().orders(3));
    expect(finding).toMatchObject({ id: 'S1-DURABLE', kind: 'integrity', status: 'pass', promised: true, samples: 3 });
    expect(finding.message).toBe('none of 3 acknowledged orders lost');
  });

  it('fails for a single lost order, and names it', async () => {
    const finding = await checkOne(noOrderLost, new Scene().orders(999).order('gone', { finalRead: ABSENT }));
    expect(finding).toMatchObject({ status: 'fail', observed: 1, comparison: '==', limit: 0, samples: 1000 });
    expect(finding.evidence).toEqual({
      lost: { count: 1, listed: [{ key: 'gone', orderId: 'id-of-gone', states: [] }] },
    });
  });

  it('tells orders that fell back from those that are absent', async () => {
    const scene = new Scene()
      .order('gone', { finalRead: ABSENT })
      .order('back', { sees: 'Shipped', finalRead: 'Placed' });
    expect((await checkOne(noOrderLost, scene)).message).toBe(
      '2 of 2 acknowledged orders lost (1 absent, 1 fallen back from a completed state)',
    );
  });

  it('takes orders with unknown outcome that are not there for no loss', async () => {
    const scene = new Scene().orders(3).order('unknown', { submit: 'info', finalRead: ABSENT });
    expect(await checkOne(noOrderLost, scene)).toMatchObject({ status: 'pass', samples: 3 });
  });

  it('is inconclusive when an acknowledged order could not be read back', async () => {
    const scene = new Scene().orders(3).order('unread', { finalRead: UNANSWERED }).withoutQueries();
    const finding = await checkOne(noOrderLost, scene);
    expect(finding.status).toBe('inconclusive');
    expect(finding.evidence).toEqual({ unread: { count: 1, listed: [{ key: 'unread', orderId: 'id-of-unread' }] } });
  });

  it('is inconclusive when no order was acknowledged', async () => {
    const scene = new Scene().orders(3, { checkout: 'fail' });
    expect(await checkOne(noOrderLost, scene)).toMatchObject({ status: 'inconclusive' });
  });

  it('fails also for a profile that does not promise it', async () => {
    const scene = new Scene()
      .order('gone', { finalRead: ABSENT })
      .run({ profile: { ...PROFILE, name: 'promises-nothing' } });
    expect(await checkOne(noOrderLost, scene)).toMatchObject({ status: 'fail', promised: false });
  });

  it('fails also where the run was given no such bound', async () => {
    const evidence = await new Scene().orders(3).order('gone', { finalRead: ABSENT }).evidence();
    expect(noOrderLost(evidence, [])).toMatchObject([{ id: 'no-order-lost', status: 'fail', promised: false }]);
  });

  it('lists a thousand orders at most, beside the full count', async () => {
    const finding = await checkOne(noOrderLost, new Scene().orders(1001, { finalRead: ABSENT }));
    const { lost } = finding.evidence as { lost: { count: number; listed: unknown[] } };
    expect([lost.count, lost.listed.length]).toEqual([1001, 1000]);
  });
});
