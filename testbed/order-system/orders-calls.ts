// What shopping tells orders-api over HTTP: what an order will contain, and how it is submitted.

import type { LineItem, ShippingAddress } from './messages.ts';

export interface DraftContent {
  readonly customerId: string;
  readonly lineItems: readonly LineItem[];
}

export interface Submission {
  readonly shippingAddress: ShippingAddress;
  readonly shippingMethod: string;
  readonly paymentMethodToken: string;
}
