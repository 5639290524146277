import { describe, expect, it, vi } from 'vitest';
import type { ProbePlan } from '../model/probe.ts';
import { probeOrder } from './probe-order.ts';
import { aJourney } from './testing/a-journey.ts';
import { type FakeAnswer, k6, REQUEST_MS } from './testing/fake-k6.ts';

vi.mock('../k6/shopper.ts', () => import('./testing/fake-k6.ts'));
vi.mock('../k6/ledger.ts', () => import('./testing/fake-k6.ts'));

const PLAN: ProbePlan = { rateHz: 20, timeoutMs: 1_500, settleMs: 5_000 };

const HONEST: Readonly<Record<string, FakeAnswer>> = {
  'POST http://shop/api/carts/initialize': { status: 201, body: { cartId: 'c1' } },
  'POST http://shop/api/carts/c1/items': { status: 200, body: {} },
  'POST http://shop/api/carts/c1/checkout': { status: 201, body: { orderId: 'o1' } },
  'POST http://orders/api/orders/o1/complete': { status: 202, body: { orderId: 'o1' } },
  'GET http://orders/api/orders/o1': { status: 200, body: { status: 'Fulfilling' } },
};

/** Probes a platform that answers as an honest one does, apart from what is said. */
function probed(others: Readonly<Record<string, FakeAnswer>> = {}, callMs = REQUEST_MS): number | null {
  k6.reset(({ method, url }) => {
    k6.nowMs += callMs - REQUEST_MS;
    return { ...HONEST, ...others }[`${method} ${url}`] ?? { status: 404 };
  });
  const stage = 'probe';
  return probeOrder({ ...aJourney({ draw: () => 0 }), stage }, PLAN);
}

const probe = () => k6.operations.find(({ f }) => f === 'probe');

describe('a probe', () => {
  it('is an order without pauses, inside one operation that tells how long it took', () => {
    expect(probed()).toBeCloseTo(4 * REQUEST_MS + 175 + REQUEST_MS);
    expect(k6.operations.map(({ f, key, stage }) => `${f} ${key} ${stage}`)).toEqual(
      ['probe', 'init-cart', 'add-items', 'checkout', 'complete', 'await'].map((f) => `${f} customer-1 probe`),
    );
    expect(probe()).toMatchObject({ outcome: 'ok', completion: undefined });
  });

  it('is broken by a step that does not go well, and says since when', () => {
    expect(probed({ 'POST http://shop/api/carts/c1/checkout': { status: 503 } })).toBeNull();
    expect(probe()).toMatchObject({
      outcome: 'fail',
      completion: { error: { code: 'http_503' }, value: { step: 'checkout', sinceMs: 2 * REQUEST_MS } },
    });
    expect(k6.operations.map(({ f }) => f)).not.toContain('complete');
  });

  it('is broken when its order is not seen completed in time', () => {
    expect(probed({ 'GET http://orders/api/orders/o1': { status: 200, body: { status: 'Placed' } } })).toBeNull();
    expect(probe()).toMatchObject({
      outcome: 'fail',
      completion: { error: { code: 'not_completed' }, value: { step: 'await', sinceMs: 4 * REQUEST_MS } },
    });
    expect(k6.nowMs).toBeLessThan(PLAN.timeoutMs + 500);
  });

  it('is broken when the platform says that its order failed', () => {
    expect(probed({ 'GET http://orders/api/orders/o1': { status: 200, body: { status: 'OutOfStock' } } })).toBeNull();
  });

  it('goes no further when its time is up, though every answer was good', () => {
    expect(probed({}, 800)).toBeNull();
    expect(probe()).toMatchObject({ completion: { error: { code: 'late' }, value: { step: 'add-items' } } });
    expect(k6.operations.map(({ f }) => f)).not.toContain('checkout');
  });

  it('is broken when the last answer comes too late', () => {
    expect(probed({}, 270)).toBeNull();
    expect(probe()).toMatchObject({ completion: { error: { code: 'late' }, value: { step: 'await' } } });
  });
});
