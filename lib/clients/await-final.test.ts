import { describe, expect, it, vi } from 'vitest';
import { LONGEST_POLL_PAUSE_MS } from '../workload/stages.ts';
import { awaitFinal, pollPauseMs } from './await-final.ts';
import { AWAIT_LIMIT_MS, aJourney } from './testing/a-journey.ts';
import { type FakeAnswer, k6, REQUEST_MS } from './testing/fake-k6.ts';

vi.mock('../k6/shopper.ts', () => import('./testing/fake-k6.ts'));
vi.mock('../k6/ledger.ts', () => import('./testing/fake-k6.ts'));

const order = { customerId: 'customer-1', orderId: 'o1', content: { lineItems: [] } };
const state = (status: string): FakeAnswer => ({ status: 200, body: { orderId: 'o1', status } });

/** The answers to the reads, the last one to all that follow; submitted at 0. */
function awaited(...answers: readonly FakeAnswer[]): number | null {
  const left = [...answers];
  k6.reset(() => (left.length > 1 ? left.shift() : left[0]) ?? { status: 404 });
  return awaitFinal(aJourney(), order, 0);
}

describe('waiting for an order', () => {
  it('ends with the first read that sees it completed, and gives the time since the submit', () => {
    const tookMs = awaited(state('Placed'), state('PaymentConfirmed'), state('Fulfilling'));
    expect(tookMs).toBeCloseTo(3 * (250 + REQUEST_MS));
    expect(k6.operations).toMatchObject([
      {
        f: 'await',
        key: 'customer-1',
        stage: '100',
        outcome: 'ok',
        completion: { status: 'Fulfilling', reads: 3, failedReads: 0, lastOpenReadMs: 2 * (250 + REQUEST_MS) },
      },
    ]);
    expect(k6.requests.map(({ url }) => url)).toEqual(Array(3).fill('http://orders/api/orders/o1'));
  });

  it('is over, without a time, when the platform says that it failed', () => {
    expect(awaited(state('OutOfStock'))).toBeNull();
    expect(k6.operations[0]).toMatchObject({ outcome: 'ok', completion: { status: 'OutOfStock' } });
  });

  it('goes on over reads that fail, and counts them', () => {
    const unclear: readonly FakeAnswer[] = [{ status: 500 }, { status: 0, errorCode: 1050 }, { status: 200, body: {} }];
    expect(awaited(...unclear, state('Fulfilling'))).not.toBeNull();
    expect(k6.operations[0]).toMatchObject({ outcome: 'ok', completion: { reads: 4, failedReads: 3 } });
  });

  it('ends unknown at the limit of the profile, with what was seen last', () => {
    expect(awaited(state('Placed'))).toBeNull();
    expect(k6.operations[0]).toMatchObject({
      outcome: 'info',
      completion: { error: { code: 'not_final' }, value: { status: 'Placed', firstFinalReadMs: null } },
    });
    expect(k6.nowMs).toBeGreaterThanOrEqual(AWAIT_LIMIT_MS);
    expect(k6.nowMs).toBeLessThan(AWAIT_LIMIT_MS + LONGEST_POLL_PAUSE_MS + REQUEST_MS);
  });
});

describe('the pause before a poll', () => {
  it('is about 250 ms at first, spread by 30 % to either side', () => {
    expect([0, 0.5, 1].map((jitter) => Math.round(pollPauseMs(0, jitter)))).toEqual([175, 250, 325]);
  });

  it('grows after a dozen polls, and is never longer than said', () => {
    const pauses = Array.from({ length: 40 }, (_, poll) => pollPauseMs(poll, 0.5));
    expect(pauses.slice(0, 12)).toEqual(Array(12).fill(250));
    expect(pauses[12]).toBe(375);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pollPauseMs(1000, 0.999)).toBeLessThanOrEqual(LONGEST_POLL_PAUSE_MS);
  });
});
