// One HTTP request from a scenario: explicit timeout, no redirects, no retries, few tags.

import type { HttpCall } from '../flows/flow.ts';
import { http } from '../k6/http.ts';
import type { HttpAnswer } from './outcome.ts';

/** Sends one call; `step` becomes the tag that k6's metrics carry (an id never does). Never throws for what the network does. */
export function send(call: HttpCall, step: string, timeoutMs: number): HttpAnswer {
  const body = call.body === undefined ? null : JSON.stringify(call.body);
  const response = http.request(call.method, call.url, body, {
    timeout: timeoutMs,
    redirects: 0,
    responseType: 'text',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    tags: { step, name: step },
  });
  return {
    status: response.status,
    body: response.body,
    errorCode: response.error_code,
    errorText: response.error,
  };
}
