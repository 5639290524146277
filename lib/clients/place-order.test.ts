import { beforeEach, describe, expect, it, vi } from 'vitest';
import { checkoutFlow } from '../flows/checkout.ts';
import { placeOrder } from './place-order.ts';
import { aJourney, PAUSE_MS } from './testing/a-journey.ts';
import { type FakeAnswer, k6, REQUEST_MS } from './testing/fake-k6.ts';

vi.mock('../k6/shopper.ts', () => import('./testing/fake-k6.ts'));
vi.mock('../k6/ledger.ts', () => import('./testing/fake-k6.ts'));

/** A platform that takes every order, except where `answers` says otherwise, by the end of the URL. */
function platform(answers: Readonly<Record<string, readonly FakeAnswer[]>> = {}): void {
  const left = new Map(Object.entries(answers).map(([end, list]) => [end, [...list]]));
  const usual: Readonly<Record<string, FakeAnswer>> = {
    initialize: { status: 201, body: { cartId: 'c1' } },
    items: { status: 200, body: {} },
    checkout: { status: 201, body: { orderId: 'o1' } },
    complete: { status: 202, body: { orderId: 'o1' } },
    o1: { status: 200, body: { orderId: 'o1', status: 'Fulfilling' } },
  };
  k6.reset(({ url }) => {
    const end = url.split('/').at(-1) ?? '';
    return left.get(end)?.shift() ?? usual[end] ?? { status: 404 };
  });
}

beforeEach(() => platform());
const outcomes = () => k6.operations.map(({ f, outcome }) => `${f} ${outcome}`);

describe('placing an order', () => {
  it('writes every step down before it is sent', () => {
    placeOrder(aJourney());
    expect(outcomes()).toEqual(['init-cart ok', 'add-items ok', 'checkout ok', 'complete ok', 'await ok']);
    const steps = k6.events.filter((event) => event !== 'sleep');
    expect(steps.slice(0, 4)).toEqual([
      'begin init-cart',
      'send POST http://shop/api/carts/initialize',
      'begin add-items',
      'send POST http://shop/api/carts/c1/items',
    ]);
    expect(k6.operations.every(({ key, stage }) => key === 'customer-1' && stage === '100')).toBe(true);
  });

  it('does not send what could not be written down', async () => {
    const { ledger } = await import('./testing/fake-k6.ts');
    vi.spyOn(ledger, 'begin').mockImplementationOnce(() => {
      throw new Error('write_failed');
    });
    expect(() => placeOrder(aJourney())).toThrow('write_failed');
    expect(k6.requests).toEqual([]);
  });

  it('counts completion from the submit and flow over all steps, and the pauses in neither', () => {
    const { completionMs, flowMs } = placeOrder(aJourney());
    const pollMs = 250 + REQUEST_MS;
    expect(completionMs).toBeCloseTo(REQUEST_MS + pollMs);
    expect(flowMs).toBeCloseTo(3 * REQUEST_MS + REQUEST_MS + pollMs);
    expect(k6.sleptMs).toEqual([PAUSE_MS, PAUSE_MS, PAUSE_MS, 250]);
  });

  it('notes what the order contains, without prices where the platform sets them', () => {
    placeOrder(aJourney());
    const value = { lineItems: [{ sku: 'SKU-001', quantity: 2, unitPriceCents: 250 }] };
    expect(k6.operations.find(({ f }) => f === 'add-items')).toMatchObject({ value });
    platform();
    placeOrder(aJourney({}, { ...aJourney().flow, pricedByClient: checkoutFlow().pricedByClient }));
    expect(k6.operations.find(({ f }) => f === 'add-items')).toMatchObject({
      value: { lineItems: [{ unitPriceCents: null }] },
    });
  });

  it.each<[string, FakeAnswer, string]>([
    ['is refused', { status: 422 }, 'fail'],
    ['has an unknown outcome', { status: 500 }, 'info'],
    ['gets no answer in time', { status: 0, errorCode: 1050 }, 'info'],
  ])('ends at the first step that %s, and floods no one', (_what, answer, outcome) => {
    platform({ checkout: [answer] });
    expect(placeOrder(aJourney())).toEqual({ completionMs: null, flowMs: null });
    expect(outcomes()).toEqual(['init-cart ok', 'add-items ok', `checkout ${outcome}`]);
    expect(k6.sleptMs.at(-1)).toBe(1_000);
  });

  it('has no time when the order is never seen completed', () => {
    platform({ o1: [{ status: 200, body: { orderId: 'o1', status: 'PaymentFailed' } }] });
    expect(placeOrder(aJourney())).toEqual({ completionMs: null, flowMs: null });
  });
});

describe('a second submit of the same order', () => {
  const twice = () => placeOrder(aJourney({ resubmit: true }));

  it('is an operation of its own, of the same call', () => {
    twice();
    expect(outcomes().slice(3)).toEqual(['complete ok', 'resubmit ok', 'await ok']);
    const submits = k6.requests.filter(({ url }) => url.endsWith('/complete'));
    expect(submits).toHaveLength(2);
    expect(submits[0]?.body).toBe(submits[1]?.body);
  });

  it('may be answered with 409: the platform has the order already', () => {
    platform({ complete: [{ status: 202, body: { orderId: 'o1' } }, { status: 409 }] });
    twice();
    expect(outcomes()).toContain('resubmit ok');
  });

  it('does not change what became of the first one', () => {
    platform({ complete: [{ status: 202, body: { orderId: 'o1' } }, { status: 500 }] });
    expect(twice().completionMs).not.toBeNull();
    expect(outcomes().slice(4)).toEqual(['resubmit info', 'await ok']);
  });

  it('counts no 409 to the first submit as taken', () => {
    platform({ complete: [{ status: 409 }] });
    twice();
    expect(outcomes().at(-1)).toBe('complete fail');
  });
});
