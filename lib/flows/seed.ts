// The seed flow: four calls, as the first release of the platform has them (docs/contract.md, "Seed flow").

import { ADD_ITEMS, SUBMIT } from '../model/history.ts';
import { type Flow, learnFrom } from './flow.ts';
import { lineItemBody } from './line-item.ts';
import { describe, readOrder, stateOf } from './reading.ts';

export const seedFlow = (): Flow => ({
  name: 'seed',
  pricedByClient: true,
  steps: [
    {
      f: 'init-cart',
      expectedStatus: [201],
      call: (urls, order) => ({
        method: 'POST',
        url: `${urls.shopping}/api/carts/initialize`,
        body: { customerId: order.customerId },
      }),
      learn: learnFrom('cartId', 'cartId'),
    },
    {
      f: ADD_ITEMS,
      expectedStatus: [200],
      call: (urls, order) => ({
        method: 'POST',
        url: `${urls.shopping}/api/carts/${order.cartId}/items`,
        body: lineItemBody(order),
      }),
      learn: () => ({}),
    },
    {
      f: 'checkout',
      expectedStatus: [201],
      call: (urls, order) => ({ method: 'POST', url: `${urls.shopping}/api/carts/${order.cartId}/checkout` }),
      learn: learnFrom('orderId', 'orderId', 'checkoutId'),
    },
    {
      f: SUBMIT,
      expectedStatus: [200, 202],
      call: (urls, order) => ({
        method: 'POST',
        url: `${urls.orders}/api/orders/${order.orderId}/complete`,
        body: {
          shippingAddress: '1 Stampede Way, 10115 Berlin',
          shippingMethod: 'standard',
          paymentMethodToken: 'tok_visa',
        },
      }),
      learn: learnFrom('orderId', 'orderId'),
    },
  ],
  read: readOrder,
  stateOf,
  describe,
});
