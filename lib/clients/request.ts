// One HTTP request from a scenario: explicit timeout, no redirects, no retries, few tags.

import type { HttpCall } from '../flows/flow.ts';
import type { Headers } from '../flows/login.ts';
import { http } from '../k6/http.ts';
import type { HttpAnswer } from './outcome.ts';

export interface SendOptions {
  /** Becomes the tag that k6's metrics carry (an id never does). */
  readonly step: string;
  readonly timeoutMs: number;
  /** By name in small letters; they replace the suite's own. */
  readonly headers: Headers;
}

/** What k6 is told about every request of one step. */
export type RequestParams = ReturnType<typeof requestParams>;

export function requestParams({ step, timeoutMs, headers }: SendOptions) {
  return {
    timeout: timeoutMs,
    redirects: 0,
    responseType: 'text' as const,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    tags: { step, name: step },
  };
}

/** Sends one call. Never throws for what the network does. */
export function send(call: HttpCall, params: RequestParams): HttpAnswer {
  const body = call.body === undefined ? null : JSON.stringify(call.body);
  const response = http.request(call.method, call.url, body, params);
  const errorCode = response.error_code;
  // k6 makes each field of an answer anew for every look at it, and most answers have no error.
  const errorText = errorCode === 0 ? '' : response.error;
  return { status: response.status, body: response.body, errorCode, errorText };
}
