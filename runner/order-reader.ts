// Reads single orders over HTTP, as any client would: the platform's own word on their state.

import { Agent, request } from 'undici';
import type { BaseUrls, Flow, OrderDescription } from '../lib/flows/flow.ts';
import type { Json, OperationError } from '../lib/model/history.ts';

const READ_TIMEOUT_MS = 10_000;
const CONNECTIONS = 16;

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

export function openOrderReader(flow: Flow, urls: BaseUrls): OrderReader {
  const agent = new Agent({
    connections: CONNECTIONS,
    headersTimeout: READ_TIMEOUT_MS,
    bodyTimeout: READ_TIMEOUT_MS,
    connect: { timeout: READ_TIMEOUT_MS },
  });
  return {
    read: (orderId, signal) => readOnce(agent, flow.read(urls, orderId).url, flow, signal),
    // Not `close`: a target that hangs must not keep the suite waiting.
    close: () => agent.destroy(),
  };
}

async function readOnce(agent: Agent, url: string, flow: Flow, signal: AbortSignal): Promise<OrderReading> {
  try {
    const response = await request(url, { dispatcher: agent, signal });
    if (response.statusCode === 404) {
      await response.body.dump();
      return { kind: 'absent' };
    }
    const body = await response.body.text();
    if (response.statusCode !== 200) return unanswered(`http_${response.statusCode}`, body.slice(0, 200));
    const order = JSON.parse(body) as Json;
    const state = flow.stateOf(order);
    if (state === null) return unanswered('malformed_answer', body.slice(0, 200));
    return { kind: 'present', state, description: flow.describe(order) };
  } catch (cause) {
    if (signal.aborted) return unanswered('stopped', 'the read was stopped before it was answered');
    const { code, message } = cause as { readonly code?: unknown; readonly message: string };
    return unanswered(typeof code === 'string' ? code.toLowerCase() : 'unreadable', message);
  }
}

function unanswered(code: string, message: string): OrderReading {
  return { kind: 'unanswered', error: { code, message } };
}
