import { beforeEach, describe, expect, it, vi } from 'vitest';
import { requestParams, send } from './request.ts';
import { k6 } from './testing/fake-k6.ts';

vi.mock('../k6/http.ts', () => import('./testing/fake-k6.ts'));

const POLL = requestParams({ step: 'poll', timeoutMs: 1_000, headers: {} });

beforeEach(() => k6.reset(() => ({ status: 202, body: { orderId: 'o1' } })));

describe('a request', () => {
  it('has a timeout of its own, follows no redirect, and carries JSON', () => {
    send(
      { method: 'POST', url: 'http://orders/api/orders/o1', body: { a: 1 } },
      requestParams({ step: 'complete', timeoutMs: 15_000, headers: { authorization: 'Bearer x' } }),
    );
    expect(k6.requests).toEqual([
      {
        method: 'POST',
        url: 'http://orders/api/orders/o1',
        body: '{"a":1}',
        params: expect.objectContaining({
          timeout: 15_000,
          redirects: 0,
          responseType: 'text',
          headers: { 'content-type': 'application/json', accept: 'application/json', authorization: 'Bearer x' },
        }),
      },
    ]);
  });

  it('is tagged with its step alone: with the URL, every order would be a metric of its own', () => {
    send({ method: 'GET', url: 'http://orders/api/orders/o1' }, POLL);
    expect(k6.requests[0]).toMatchObject({ body: null, params: { tags: { step: 'poll', name: 'poll' } } });
  });

  it('gives the answer as it came', () => {
    const sent = send({ method: 'GET', url: 'http://orders' }, POLL);
    expect(sent).toEqual({ status: 202, body: '{"orderId":"o1"}', errorCode: 0, errorText: '' });
  });

  it('gives an error of the network as an answer without a status', () => {
    k6.reset(() => ({ status: 0, errorCode: 1050 }));
    const sent = send({ method: 'GET', url: 'http://orders' }, POLL);
    expect(sent).toEqual({ status: 0, body: null, errorCode: 1050, errorText: 'broken' });
  });
});
