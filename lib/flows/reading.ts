// How both flows read an order back: GET {orders}/api/orders/{orderId}.

import type { Json } from '../model/history.ts';
import { type BaseUrls, type HttpCall, textField } from './flow.ts';

export function readOrder(urls: BaseUrls, orderId: string): HttpCall {
  return { method: 'GET', url: `${urls.orders}/api/orders/${encodeURIComponent(orderId)}` };
}

export function stateOf(body: Json): string | null {
  return textField(body, 'status');
}
