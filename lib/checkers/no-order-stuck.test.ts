import { describe, expect, it } from 'vitest';
import { noOrderStuck } from './no-order-stuck.ts';
import { PROFILE } from './testing/a-run.ts';
import { check, checkOne } from './testing/check.ts';
import { UNANSWERED } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

const OPEN = { completionMs: null, sees: 'PendingPayment' } as const;

describe('S1-STUCK', () => {
  it('passes when all orders are final', async () => {
    const scene = new Scene().orders(3).order('failed', { sees: 'PaymentFailed' });
    expect(await checkOne(noOrderStuck, scene)).toMatchObject({ id: 'S1-STUCK', kind: 'bound', status: 'pass' });
  });

  it('fails for an order that is not final after the stuck time, and tells where it stands', async () => {
    const finding = await checkOne(noOrderStuck, new Scene().orders(3).order('open', { ...OPEN, atMs: 0 }));
    expect(finding).toMatchObject({ status: 'fail', observed: 1, limit: 0 });
    expect(finding.message).toBe('1 of 4 orders not final after 30 s');
    expect(finding.evidence).toMatchObject({
      states: { PendingPayment: 1 },
      stuck: { count: 1, listed: [{ key: 'open', orderId: 'id-of-open', ageMs: 98_501 }] },
    });
  });

  it('fails for an order whose answer was lost, that is there, and that does not end', async () => {
    const scene = new Scene().orders(3).order('open', { ...OPEN, atMs: 0, submit: 'info', await: 'none' });
    const finding = await checkOne(noOrderStuck, scene);
    expect(finding).toMatchObject({ status: 'fail', observed: 1, samples: 4 });
    expect(JSON.stringify(finding.evidence)).toContain('"open"');
  });

  it('names a state that the contract does not know', async () => {
    const finding = await checkOne(noOrderStuck, new Scene().order('odd', { ...OPEN, sees: 'Archived' }));
    expect(finding).toMatchObject({ status: 'fail' });
    expect(finding.message).toContain('states that the contract does not know: Archived');
  });

  it('is inconclusive when the order was last seen before it was old enough', async () => {
    const scene = new Scene().order('open', { ...OPEN, atMs: 0, finalReadAtMs: 31_000 });
    const finding = await checkOne(noOrderStuck, scene);
    expect(finding).toMatchObject({ status: 'inconclusive', promised: true, observed: 0 });
    expect(finding.message).toBe('1 of 1 order not final, but none was watched for 30 s');
  });

  it('is inconclusive when an order could not be read, and when none was acknowledged', async () => {
    const unread = new Scene().orders(3).order('unread', { finalRead: UNANSWERED }).withoutQueries();
    expect(await checkOne(noOrderStuck, unread)).toMatchObject({ status: 'inconclusive' });
    expect(await checkOne(noOrderStuck, new Scene())).toMatchObject({ status: 'inconclusive' });
  });

  it('is not judged for a profile that does not promise it', async () => {
    const scene = new Scene().order('open', OPEN).run({ profile: { ...PROFILE, name: 'promises-nothing' } });
    expect(await check(noOrderStuck, scene)).toEqual([]);
  });
});
