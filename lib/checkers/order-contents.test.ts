import { describe, expect, it } from 'vitest';
import { orderContents } from './order-contents.ts';
import { checkOne } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

describe('the contents of orders', () => {
  it('pass when every order is read back as it was placed', async () => {
    const finding = await checkOne(orderContents, new Scene().orders(3, { quantity: 2 }));
    expect(finding).toMatchObject({ kind: 'integrity', status: 'pass', samples: 3 });
  });

  it("fail when an order is read back as another customer's", async () => {
    const finding = await checkOne(orderContents, new Scene().orders(3).order('odd', { readCustomer: 'order-1' }));
    expect(finding).toMatchObject({ status: 'fail', samples: 4 });
    expect(JSON.stringify(finding.evidence)).toContain('"odd"');
  });

  it('fail when an order is read back with other pieces', async () => {
    const finding = await checkOne(orderContents, new Scene().orders(3).order('odd', { readItems: 'SKU-001x7' }));
    expect(finding).toMatchObject({ status: 'fail' });
    expect(finding.evidence).toMatchObject({ changed: { count: 1, listed: [{ key: 'odd', read: 'SKU-001x7' }] } });
  });

  it('are not measured when nothing was read', async () => {
    expect(await checkOne(orderContents, new Scene().orders(3).withoutFinalReads())).toMatchObject({
      status: 'not-measured',
      promised: false,
    });
  });
});
