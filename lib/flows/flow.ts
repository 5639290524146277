// An order flow: the calls that make an order on one platform, as data. k6 drives it and the final reads reuse it; a new platform adds a module like this.

import type { Json, OrderContent } from '../model/history.ts';
import type { Login } from './login.ts';

/** Base URLs per bounded context, without trailing slash. */
export interface BaseUrls {
  readonly shopping: string;
  readonly orders: string;
}

/** One order on its way: what is known of it so far. */
export interface OrderDraft {
  /** The client-made id: the order's key in the history. */
  readonly customerId: string;
  readonly content: OrderContent;
  readonly cartId?: string;
  readonly checkoutId?: string;
  /** Known from the checkout on in some flows, from the submit on in others. */
  readonly orderId?: string;
}

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: Json;
}

/** What an answer taught about the order; `null` when the body is not what the contract says. */
export type Learned = Partial<Pick<OrderDraft, 'cartId' | 'checkoutId' | 'orderId'>> | null;

export interface FlowStep {
  /** Name of the operation in the history; the submitting step is `complete`. */
  readonly f: string;
  readonly expectedStatus: readonly number[];
  call(urls: BaseUrls, order: OrderDraft): HttpCall;
  learn(body: Json): Learned;
}

export interface Flow {
  readonly name: string;
  /** False when the platform sets the prices, so that nobody here knows what an order costs. */
  readonly pricedByClient: boolean;
  readonly login?: Login;
  /** In order; the last one submits the order. */
  readonly steps: readonly FlowStep[];
  /** The call that tells an order's state; 404 means that there is no such order. */
  read(urls: BaseUrls, orderId: string): HttpCall;
  /** The state in a read's body, or `null` when there is none. */
  stateOf(body: Json): string | null;
  /** Whose order a read's body describes and of what, as far as it says so. */
  describe(body: Json): OrderDescription;
}

export interface OrderDescription {
  readonly customerId?: string;
  /** As lib/model/order-content.ts writes it. */
  readonly items?: string;
}

/** The most calls that one order makes, apart from the polls. */
export function mostCalls({ steps, login }: Flow): number {
  return steps.length + (login === undefined ? 0 : 1);
}

/** A string field of a JSON object, or `null` when it is absent or something else. An array has none. */
export function textField(body: Json, name: string): string | null {
  if (body === null || typeof body !== 'object') return null;
  const value = (body as { readonly [key: string]: Json })[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Learns one thing about the order from the first of these fields of an answer; the answer is not what it should be without it. */
export function learnFrom(what: 'cartId' | 'checkoutId' | 'orderId', ...fields: readonly string[]): FlowStep['learn'] {
  return (body) => {
    // Counted, because k6 calls this for every answer and its iterators are dear.
    for (let at = 0; at < fields.length; at += 1) {
      const learned = textField(body, fields[at] as string);
      if (learned !== null) return { [what]: learned };
    }
    return null;
  };
}
