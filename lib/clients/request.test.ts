import { beforeEach, describe, expect, it, vi } from 'vitest';
import { send, senderOf } from './request.ts';
import { k6 } from './testing/fake-k6.ts';

vi.mock('../k6/shopper.ts', () => import('./testing/fake-k6.ts'));

const sender = senderOf({ timeoutMs: 1_000, headers: {} });

beforeEach(() => k6.reset(() => ({ status: 202, body: { orderId: 'o1' } })));

describe('a request', () => {
  it('has a timeout of its own, and carries JSON', () => {
    const own = senderOf({ timeoutMs: 15_000, headers: { authorization: 'Bearer x' } });
    send(own, 'complete', { method: 'POST', url: 'http://orders/api/orders/o1', body: { a: 1 } });
    expect(k6.requests).toEqual([
      {
        method: 'POST',
        url: 'http://orders/api/orders/o1',
        body: '{"a":1}',
        step: 'complete',
        timeoutMs: 15_000,
        headers: { 'content-type': 'application/json', accept: 'application/json', authorization: 'Bearer x' },
      },
    ]);
  });

  it('has no body where the call has none', () => {
    send(sender, 'poll', { method: 'GET', url: 'http://orders/api/orders/o1' });
    expect(k6.requests[0]).toMatchObject({ body: null, step: 'poll' });
  });

  it('gives the answer as it came', () => {
    const sent = send(sender, 'poll', { method: 'GET', url: 'http://orders' });
    expect(sent).toEqual({ status: 202, body: '{"orderId":"o1"}', errorCode: 0, errorText: '' });
  });

  it('gives an error of the network as an answer without a status', () => {
    k6.reset(() => ({ status: 0, errorCode: 1050 }));
    const sent = send(sender, 'poll', { method: 'GET', url: 'http://orders' });
    expect(sent).toEqual({ status: 0, body: null, errorCode: 1050, errorText: 'broken' });
  });
});
