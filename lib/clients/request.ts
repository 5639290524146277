// One HTTP request from a scenario: explicit timeout, no redirects, no retries, few tags.

import type { HttpCall } from '../flows/flow.ts';
import type { Headers } from '../flows/login.ts';
import { type Send, shopper } from '../k6/shopper.ts';
import type { HttpAnswer } from './outcome.ts';

export interface SendOptions {
  readonly timeoutMs: number;
  /** By name in small letters; they replace the suite's own. */
  readonly headers: Headers;
}

/** How one virtual user sends: JSON, with its headers. */
export function senderOf({ timeoutMs, headers }: SendOptions): Send {
  return shopper.sender(timeoutMs, { 'content-type': 'application/json', accept: 'application/json', ...headers });
}

/** Sends one call; `step` becomes the tag that k6's metrics carry (an id never does). Never throws for what the network does. */
export function send(sender: Send, step: string, call: HttpCall): HttpAnswer {
  return sender(step, call.method, call.url, call.body === undefined ? null : JSON.stringify(call.body));
}
