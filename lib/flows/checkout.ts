// The checkout flow: seven calls, as the present platform has them (docs/contract.md, "Checkout flow").

import { type Json, SUBMIT } from '../model/history.ts';
import { describe } from './describe.ts';
import { type BaseUrls, type Flow, type FlowStep, learnFrom, type OrderDraft } from './flow.ts';
import { addItems } from './line-item.ts';
import { readOrder, stateOf } from './reading.ts';

/** A step that tells the checkout one more thing and answers nothing that the flow needs. */
function checkoutDetail(f: string, body: Json): FlowStep {
  return {
    f,
    expectedStatus: [200, 201, 204],
    call: (urls: BaseUrls, order: OrderDraft) => ({
      method: 'POST',
      url: `${urls.shopping}/api/checkouts/${order.checkoutId}/${f}`,
      body,
    }),
    learn: () => ({}),
  };
}

export const checkoutFlow = (): Flow => ({
  name: 'checkout',
  pricedByClient: false,
  steps: [
    {
      f: 'init-cart',
      expectedStatus: [201],
      call: (urls, order) => ({
        method: 'POST',
        url: `${urls.shopping}/api/carts`,
        body: { customerId: order.customerId },
      }),
      learn: learnFrom('cartId', 'value'),
    },
    addItems([200, 201, 204]),
    {
      f: 'checkout',
      expectedStatus: [201],
      call: (urls, order) => ({ method: 'POST', url: `${urls.shopping}/api/carts/${order.cartId}/checkout` }),
      learn: learnFrom('checkoutId', 'value'),
    },
    checkoutDetail('shipping-address', {
      addressLine1: '1 Stampede Way',
      city: 'Berlin',
      stateOrProvince: 'BE',
      postalCode: '10115',
      country: 'DE',
    }),
    checkoutDetail('shipping-method', { shippingMethod: 'standard', shippingCost: 0 }),
    checkoutDetail('payment-method', { paymentMethodToken: 'tok_visa' }),
    {
      f: SUBMIT,
      expectedStatus: [200, 202],
      call: (urls, order) => ({ method: 'POST', url: `${urls.shopping}/api/checkouts/${order.checkoutId}/complete` }),
      learn: learnFrom('orderId', 'orderId'),
    },
  ],
  read: readOrder,
  stateOf,
  describe,
});
