// The shopping service: carts and checkouts over HTTP, for the seed flow (four calls) and the present flow (seven calls).

import type { FastifyInstance } from 'fastify';
import { toCents } from '../money.ts';
import { asJson } from '../platform/database.ts';
import { HttpError } from '../platform/http-error.ts';
import type { Service, ServiceParts } from '../service.ts';
import { addItem, type ItemRequest, initializeCart } from './carts.ts';
import { checkOut, completeCheckout, updateCheckout } from './checkouts.ts';
import { OrdersClient } from './orders-client.ts';
import {
  addressSchema,
  cartIdSchema,
  checkoutIdSchema,
  customerSchema,
  itemSchema,
  paymentSchema,
  shippingSchema,
} from './requests.ts';

export function createShopping(parts: ServiceParts): Service {
  const { ordersUrl } = parts.config;
  if (!ordersUrl) throw new Error('shopping needs ordersUrl in its configuration');
  const orders = new OrdersClient(ordersUrl);
  return {
    schema: 'shopping',
    queues: [],
    publishes: false,
    routes: (app) => {
      cartRoutes(app, parts, orders);
      checkoutRoutes(app, parts, orders);
    },
    close: () => orders.close(),
  };
}

function cartRoutes(app: FastifyInstance, { database, defects }: ServiceParts, orders: OrdersClient): void {
  for (const path of ['/api/carts/initialize', '/api/carts']) {
    app.post<{ Body: { customerId: string } }>(path, { schema: { body: customerSchema } }, async (request, reply) => {
      const cartId = await initializeCart(database.sql, request.body.customerId);
      return reply.code(201).send({ value: cartId, cartId });
    });
  }
  app.post<{ Params: { cartId: string }; Body: ItemRequest }>(
    '/api/carts/:cartId/items',
    { schema: { params: cartIdSchema, body: itemSchema } },
    async (request) => {
      await addItem(database.sql, request.params.cartId, request.body);
      return { cartId: request.params.cartId };
    },
  );
  app.post<{ Params: { cartId: string } }>(
    '/api/carts/:cartId/checkout',
    { schema: { params: cartIdSchema } },
    async (request, reply) => {
      const checkout = await checkOut(database.sql, orders, defects, request.params.cartId);
      return reply.code(201).send({ value: checkout.checkoutId, ...checkout });
    },
  );
}

interface ShippingMethodRequest {
  readonly shippingMethod: string;
  readonly shippingCost: number;
}

function checkoutRoutes(app: FastifyInstance, { database }: ServiceParts, orders: OrdersClient): void {
  type Route<Body> = { Params: { checkoutId: string }; Body: Body };
  const path = '/api/checkouts/:checkoutId';
  const schema = (body: object) => ({ schema: { params: checkoutIdSchema, body } });

  app.post<Route<object>>(`${path}/shipping-address`, schema(addressSchema), async ({ params, body }) =>
    updateCheckout(database.sql, params.checkoutId, { shipping_address: asJson(database.sql, body) }),
  );
  app.post<Route<ShippingMethodRequest>>(
    `${path}/shipping-method`,
    schema(shippingSchema),
    async ({ params, body }) => {
      const costCents = toCents(body.shippingCost);
      if (costCents === null) throw new HttpError(400, 'shippingCost must be a whole number of cents');
      const change = { shipping_method: body.shippingMethod, shipping_cost_cents: costCents };
      return updateCheckout(database.sql, params.checkoutId, change);
    },
  );
  app.post<Route<{ paymentMethodToken: string }>>(
    `${path}/payment-method`,
    schema(paymentSchema),
    async ({ params, body }) =>
      updateCheckout(database.sql, params.checkoutId, { payment_method_token: body.paymentMethodToken }),
  );
  app.post<Route<unknown>>(`${path}/complete`, { schema: { params: checkoutIdSchema } }, async ({ params }) => ({
    orderId: await completeCheckout(database.sql, orders, params.checkoutId),
  }));
}
