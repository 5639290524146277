import { describe, expect, it } from 'vitest';
import { noOrderContradicted } from './no-order-contradicted.ts';
import { checkOne } from './testing/check.ts';
import { NOT_ASKED, UNANSWERED } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

describe('no order contradicted', () => {
  it('passes when refused and never submitted orders are absent', async () => {
    const scene = new Scene().orders(3).order('refused', { submit: 'fail' }).order('early', { checkout: 'fail' });
    expect(await checkOne(noOrderContradicted, scene)).toMatchObject({
      status: 'pass',
      message: 'none of 1 refused and 1 never submitted orders is there',
    });
  });

  it('fails for a refused order that is there', async () => {
    const scene = new Scene().orders(3).order('refused', { submit: 'fail', finalRead: 'Placed' });
    const finding = await checkOne(noOrderContradicted, scene);
    expect(finding).toMatchObject({ kind: 'integrity', status: 'fail', promised: true });
    expect(finding.evidence).toEqual({
      contradicted: {
        count: 1,
        listed: [{ key: 'refused', orderId: 'id-of-refused', submission: 'refused', states: ['Placed', 'Placed'] }],
      },
    });
  });

  it('fails for an order that is there without having been submitted', async () => {
    const scene = new Scene().orders(3).order('early', { checkout: 'fail', finalRead: 'Placed' });
    expect(await checkOne(noOrderContradicted, scene)).toMatchObject({ status: 'fail' });
  });

  it('is inconclusive when a refused order could not be read back', async () => {
    const scene = new Scene().order('refused', { submit: 'fail', finalRead: UNANSWERED }).withoutQueries();
    expect(await checkOne(noOrderContradicted, scene)).toMatchObject({ status: 'inconclusive' });
  });

  it('is inconclusive without orders', async () => {
    expect(await checkOne(noOrderContradicted, new Scene())).toMatchObject({ status: 'inconclusive' });
  });

  it('does not claim to have looked for orders that nobody could read', async () => {
    const scene = new Scene().orders(3).orders(5, { checkout: 'fail', finalRead: NOT_ASKED }, 'left').withoutQueries();
    const { message } = await checkOne(noOrderContradicted, scene);
    expect(message).toBe(
      'none of 0 refused and 0 never submitted orders is there; 5 more that were never submitted could not be looked for',
    );
  });
});
