import { describe, expect, it } from 'vitest';
import { orderFailures } from './order-failures.ts';
import { checkBound } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { UNANSWERED } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

const failures = (scene: Scene) => checkBound(orderFailures, scene, 'S1-ERRORS-ORDERS', '100');

describe('orders that end failed', () => {
  it('are allowed below one in a hundred', async () => {
    const finding = await failures(new Scene().orders(199).order('bad', { sees: 'PaymentFailed' }));
    expect(finding).toMatchObject({ kind: 'bound', status: 'pass', promised: true, observed: 0.005, samples: 200 });
  });

  it('break the bound from one in a hundred on, and are named with their states', async () => {
    const scene = new Scene()
      .orders(198)
      .order('poor', { sees: 'PaymentFailed' })
      .order('late', { sees: 'OutOfStock' });
    const finding = await failures(scene);
    expect(finding).toMatchObject({ status: 'fail' });
    expect(finding.message).toBe('1 %, bound < 1 %: 2 of 200 acknowledged orders ended failed');
    expect(finding.evidence).toEqual({
      states: { PaymentFailed: 1, OutOfStock: 1 },
      failed: {
        count: 2,
        listed: [
          { key: 'poor', orderId: 'id-of-poor' },
          { key: 'late', orderId: 'id-of-late' },
        ],
      },
    });
  });

  it('are inconclusive with too few orders, and when enough of them could not be read', async () => {
    expect((await failures(new Scene().orders(99))).status).toBe('inconclusive');
    const unread = new Scene().orders(198).orders(2, { finalRead: UNANSWERED }, 'unread').withoutQueries();
    expect((await failures(unread)).status).toBe('inconclusive');
  });

  it('are inconclusive when enough of them were still open at a stop, which a run to its end judges as stuck instead', async () => {
    const scene = () => new Scene().orders(198).orders(2, { completionMs: null, sees: 'Placed' }, 'open');
    expect((await failures(scene())).status).toBe('pass');
    const interruption = { by: 'SIGINT', timeMs: START_MS + 100_000, reason: 'stopped by SIGINT' } as const;
    expect((await failures(scene().run({ interruption }))).status).toBe('inconclusive');
    const unread = new Scene().orders(198).orders(2, { finalRead: UNANSWERED }, 'unread').withoutQueries();
    expect((await failures(unread.run({ interruption }))).status).toBe('inconclusive');
  });
});
