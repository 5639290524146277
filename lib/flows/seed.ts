// The seed flow: four calls, as the first release of the platform has them (docs/contract.md, "Seed flow").

import { SUBMIT } from '../model/history.ts';
import { describe } from './describe.ts';
import { type Flow, learnFrom } from './flow.ts';
import { addItems } from './line-item.ts';
import { readOrder, stateOf } from './reading.ts';

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
    addItems([200]),
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
