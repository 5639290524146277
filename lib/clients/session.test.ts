import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadPlan } from '../config/load-plan.ts';
import { type Flow, textField } from '../flows/flow.ts';
import { seedFlow } from '../flows/seed.ts';
import { profileNamed } from '../workload/profiles.ts';
import type { OrderJourney } from './order-journey.ts';
import { placeOrder } from './place-order.ts';
import { Session } from './session.ts';

type Request = { readonly url: string; readonly headers: Readonly<Record<string, string>> };
const { answers, requests, written } = vi.hoisted(() => ({
  answers: {} as Record<string, { status: number; body: string }>,
  requests: [] as Request[],
  written: [] as unknown[],
}));

vi.mock('../k6/shopper.ts', () => ({
  shopper: {
    sleep: () => {},
    rest: () => {},
    sender: (_timeoutMs: number, headers: Request['headers']) => (_step: string, _method: string, url: string) => {
      requests.push({ url, headers });
      return { errorCode: 0, errorText: '', ...(answers[url] ?? { status: 500, body: JSON.stringify(headers) }) };
    },
  },
}));
vi.mock('../k6/ledger.ts', () => ({
  ledger: {
    nowMs: () => 0,
    begin: (invocation: object) => {
      const complete = (type: string) => (result: object) => written.push({ ...invocation, type, result });
      return { startMs: 0, ok: complete('ok'), fail: complete('fail'), info: complete('info') };
    },
  },
}));

beforeEach(() => {
  requests.length = 0;
  written.length = 0;
  for (const url of Object.keys(answers)) delete answers[url];
});

const flow: Flow = {
  ...seedFlow(),
  login: {
    expectedStatus: [200],
    call: ({ shopping }) => ({ method: 'POST', url: `${shopping}/login` }),
    learn: (body) => {
      const token = textField(body, 'token');
      return token === null ? null : { authorization: `Bearer ${token}` };
    },
  },
};
const session = () =>
  new Session({ headers: { authorization: 'Basic bWU6', 'x-tenant': 'a' }, secrets: ['bWU6'] }, 1_000);
const journey = (own: Session): OrderJourney => ({
  flow,
  plan: {
    baseUrls: { shopping: 'http://shop', orders: 'http://orders' },
    profile: profileNamed('smoke'),
  } as unknown as LoadPlan,
  behaviour: {
    content: { lineItems: [{ sku: 's', quantity: 1, unitPriceCents: 1 }] },
    thinkTime: { minMs: 0, maxMs: 0 },
    draw: () => 0,
  } as unknown as OrderJourney['behaviour'],
  session: own,
  key: 'k1',
  stage: '40',
});

describe('what an answer taught', () => {
  const learned = { cartId: 'bWU6-and-more' };

  it('is written without the secrets of the target', () => {
    expect(new Session({ headers: {}, secrets: ['bWU6-and-more'] }, 1_000).withoutSecrets(learned)).toEqual({
      cartId: '[redacted]',
    });
  });

  it('is not even looked at where the target has none', () => {
    expect(new Session({ headers: {}, secrets: [] }, 1_000).withoutSecrets(learned)).toBe(learned);
  });
});

describe('a flow with a login', () => {
  it('logs in once per virtual user, with the headers of the target, and sends what it learned ever after', () => {
    answers['http://shop/login'] = { status: 200, body: '{"token":"t0ken-of-mine"}' };
    const own = session();
    placeOrder(journey(own));
    placeOrder(journey(own));
    expect(requests.map(({ url }) => url)).toEqual([
      'http://shop/login',
      'http://shop/api/carts/initialize',
      'http://shop/api/carts/initialize',
    ]);
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Basic bWU6', 'x-tenant': 'a' });
    expect(requests[2]?.headers).toMatchObject({ authorization: 'Bearer t0ken-of-mine', 'x-tenant': 'a' });
  });

  it('leaves no word of the login in the history when it succeeds, nor of its token when the target repeats it', () => {
    answers['http://shop/login'] = { status: 200, body: '{"token":"t0ken-of-mine"}' };
    answers['http://shop/api/carts/initialize'] = { status: 500, body: 'who is t0ken-of-mine?' };
    placeOrder(journey(session()));
    expect(written).toMatchObject([{ f: 'init-cart', type: 'info', result: { message: 'who is [redacted]?' } }]);
  });

  it.each([
    [
      { status: 401, body: 'bWU6?' },
      { code: 'login_http_401', message: '[redacted]?' },
    ],
    [
      { status: 200, body: '{}' },
      { code: 'login_malformed_answer', message: '{}' },
    ],
  ])('that is answered with %j writes down that the first step certainly did not happen', (answer, result) => {
    answers['http://shop/login'] = answer;
    const own = session();
    expect(placeOrder(journey(own))).toEqual({ completionMs: null, flowMs: null });
    expect(written).toEqual([{ f: 'init-cart', key: 'k1', stage: '40', type: 'fail', result }]);
    placeOrder(journey(own));
    expect(requests.map(({ url }) => url)).toEqual(['http://shop/login', 'http://shop/login']);
  });
});
