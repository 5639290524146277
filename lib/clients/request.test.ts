import { beforeEach, describe, expect, it, vi } from 'vitest';
import { send } from './request.ts';
import { k6 } from './testing/fake-k6.ts';

vi.mock('../k6/http.ts', () => import('./testing/fake-k6.ts'));

beforeEach(() => k6.reset(() => ({ status: 202, body: { orderId: 'o1' } })));

describe('a request', () => {
  it('has a timeout of its own, follows no redirect, and carries JSON', () => {
    send({ method: 'POST', url: 'http://orders/api/orders/o1', body: { a: 1 } }, 'complete', 15_000);
    expect(k6.requests).toEqual([
      {
        method: 'POST',
        url: 'http://orders/api/orders/o1',
        body: '{"a":1}',
        params: expect.objectContaining({
          timeout: 15_000,
          redirects: 0,
          responseType: 'text',
          headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        }),
      },
    ]);
  });

  it('is tagged with its step alone: with the URL, every order would be a metric of its own', () => {
    send({ method: 'GET', url: 'http://orders/api/orders/o1' }, 'poll', 1_000);
    expect(k6.requests[0]).toMatchObject({ body: null, params: { tags: { step: 'poll', name: 'poll' } } });
  });

  it('gives the answer as it came', () => {
    const sent = send({ method: 'GET', url: 'http://orders' }, 'poll', 1_000);
    expect(sent).toEqual({ status: 202, body: '{"orderId":"o1"}', errorCode: 0, errorText: '' });
  });

  it('gives an error of the network as an answer without a status', () => {
    k6.reset(() => ({ status: 0, errorCode: 1050 }));
    const sent = send({ method: 'GET', url: 'http://orders' }, 'poll', 1_000);
    expect(sent).toEqual({ status: 0, body: null, errorCode: 1050, errorText: 'broken' });
  });
});
