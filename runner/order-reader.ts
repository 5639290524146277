// Reads single orders over HTTP, as any client would: the platform's own word on their state.

import { redact, redactedExcerpt } from '../lib/config/known-secrets.ts';
import type { Flow, OrderDescription } from '../lib/flows/flow.ts';
import type { Json, OperationError } from '../lib/model/history.ts';
import type { HttpAccess } from '../lib/model/target.ts';
import { parseJson } from '../reports/store/read-json.ts';
import { type HttpClient, openHttpClient } from './http-client.ts';
import { loginOnce } from './log-in.ts';

/** So much of an unexpected answer is kept, in characters. */
const EXCERPT_LENGTH = 200;

/** `state` is set when the order is there; `absent` is a certain 404; anything else is not an answer. */
export type OrderReading =
  | { readonly kind: 'present'; readonly state: string; readonly description: OrderDescription }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unanswered'; readonly error: OperationError };

export interface OrderReader {
  /** Ends early, unanswered, when the signal is aborted. */
  read(orderId: string, signal: AbortSignal): Promise<OrderReading>;
  close(): Promise<void>;
}

/** Logs in before its first read where the flow has a login. StampedeError 64 when a secret or a TLS file cannot be used. */
export function openOrderReader(flow: Flow, access: HttpAccess): OrderReader {
  const client = openHttpClient(access);
  const logIn = loginOnce(flow, access.baseUrls, client);
  return {
    read: async (orderId, signal) => {
      try {
        const headers = await logIn(signal);
        return await readOnce(client, { url: flow.read(access.baseUrls, orderId).url, headers, signal }, flow);
      } catch (cause) {
        if (signal.aborted) return unanswered('stopped', 'the read was stopped before it was answered');
        const { code, message } = cause as { readonly code?: unknown; readonly message: string };
        return unanswered(typeof code === 'string' ? code.toLowerCase() : 'unreadable', redact(message));
      }
    },
    close: () => client.close(),
  };
}

async function readOnce(
  client: HttpClient,
  request: Parameters<HttpClient['send']>[0],
  flow: Flow,
): Promise<OrderReading> {
  const response = await client.send(request);
  if (response.statusCode === 404) {
    await response.body.dump();
    return { kind: 'absent' };
  }
  const body = await response.body.text();
  const excerpt = redactedExcerpt(body, EXCERPT_LENGTH);
  if (response.statusCode !== 200) return unanswered(`http_${response.statusCode}`, excerpt);
  const order = parseJson(body) as Json | undefined;
  const state = order === undefined ? null : flow.stateOf(order);
  if (order === undefined || state === null) return unanswered('malformed_answer', excerpt);
  return { kind: 'present', state, description: flow.describe(order) };
}

function unanswered(code: string, message: string): OrderReading {
  return { kind: 'unanswered', error: { code, message } };
}
