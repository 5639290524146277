// k6 for tests: a clock that only requests and sleeping move, a platform that answers by a script, and everything that was done, in order.

import type { HttpCall } from '../../flows/flow.ts';
import type { Send } from '../../k6/shopper.ts';
import type { Json } from '../../model/history.ts';

/** How long each request takes on the fake clock. */
export const REQUEST_MS = 10;

export interface FakeAnswer {
  readonly status: number;
  readonly body?: Json;
  /** k6's error number; 0 when absent. */
  readonly errorCode?: number;
}

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly body: string | null;
  readonly step: string;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface WrittenOperation {
  readonly f: string;
  readonly key: string;
  readonly stage?: string;
  readonly value?: unknown;
  outcome: 'open' | 'ok' | 'fail' | 'info';
  completion: unknown;
}

type Platform = (call: Pick<HttpCall, 'method' | 'url'>) => FakeAnswer;

class FakeK6 {
  nowMs = 0;
  requests: SentRequest[] = [];
  operations: WrittenOperation[] = [];
  sleptMs: number[] = [];
  /** `begin …`, `send …` and `sleep` in the order in which they came. */
  events: string[] = [];
  platform: Platform = () => ({ status: 404 });

  /** Before each test. */
  reset(platform: Platform): void {
    Object.assign(this, { nowMs: 0, requests: [], operations: [], sleptMs: [], events: [], platform });
  }
}

export const k6 = new FakeK6();

function pass(ms: number): void {
  k6.events.push('sleep');
  k6.sleptMs.push(ms);
  k6.nowMs += ms;
}

export const shopper = {
  sleep: (seconds: number): void => pass(seconds * 1000),
  rest: (pauseMs: number): void => pass(pauseMs),
  sender:
    (timeoutMs: number, headers: SentRequest['headers']): Send =>
    (step, method, url, body) => {
      k6.events.push(`send ${method} ${url}`);
      k6.requests.push({ method, url, body, step, timeoutMs, headers });
      k6.nowMs += REQUEST_MS;
      const answer = k6.platform({ method: method as HttpCall['method'], url });
      const { errorCode = 0 } = answer;
      const text = answer.body === undefined ? null : JSON.stringify(answer.body);
      return { status: answer.status, body: text, errorCode, errorText: errorCode === 0 ? '' : 'broken' };
    },
};

export const ledger = {
  nowMs: () => k6.nowMs,
  begin: (invocation: Pick<WrittenOperation, 'f' | 'key' | 'stage' | 'value'>) => {
    k6.events.push(`begin ${invocation.f}`);
    const startMs = k6.nowMs;
    const operation: WrittenOperation = { ...invocation, outcome: 'open', completion: undefined };
    k6.operations.push(operation);
    const end = (outcome: WrittenOperation['outcome'], completion: unknown): number => {
      if (operation.outcome !== 'open') throw new Error(`${invocation.f} is completed twice`);
      Object.assign(operation, { outcome, completion });
      return k6.nowMs - startMs;
    };
    return {
      startMs,
      ok: (value?: unknown) => end('ok', value),
      fail: (error: unknown, value?: unknown) => end('fail', value === undefined ? error : { error, value }),
      info: (error: unknown, value?: unknown) => end('info', value === undefined ? error : { error, value }),
    };
  },
};
