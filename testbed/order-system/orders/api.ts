// The orders API: drafts from shopping, submission and status over HTTP.

import type { FastifyInstance } from 'fastify';
import type { LineItem } from '../messages.ts';
import { toAmount } from '../money.ts';
import type { DraftContent, Submission } from '../orders-calls.ts';
import type { Sql } from '../platform/database.ts';
import { HttpError } from '../platform/http-error.ts';
import type { Service, ServiceParts } from '../service.ts';
import { placeOrder, registerDraft } from './place-order.ts';
import { draftSchema, orderIdSchema, submissionSchema } from './requests.ts';

export function createOrdersApi(parts: ServiceParts): Service {
  return { schema: 'orders', queues: [], publishes: true, routes: (app) => orderRoutes(app, parts) };
}

function orderRoutes(app: FastifyInstance, { database, defects, publish }: ServiceParts): void {
  app.put<{ Params: { orderId: string }; Body: DraftContent }>(
    '/api/orders/:orderId/draft',
    { schema: { params: orderIdSchema, body: draftSchema } },
    async (request, reply) => {
      await registerDraft(database.sql, request.params.orderId, request.body);
      return reply.code(204).send();
    },
  );
  app.post<{ Params: { orderId: string }; Body: Submission }>(
    '/api/orders/:orderId/complete',
    { schema: { params: orderIdSchema, body: submissionSchema } },
    async (request, reply) => {
      const { orderId } = request.params;
      if (defects.hits('phantom-ok', orderId)) return reply.code(202).send({ orderId });
      const { isNew, messages } = await placeOrder(database.sql, defects, orderId, request.body);
      publish(messages);
      return reply.code(isNew ? 202 : 200).send({ orderId });
    },
  );
  app.get<{ Params: { orderId: string } }>(
    '/api/orders/:orderId',
    { schema: { params: orderIdSchema } },
    async (request) => readOrder(database.sql, request.params.orderId),
  );
}

interface OrderRow {
  readonly customerId: string;
  readonly lineItems: readonly LineItem[];
  readonly amountCents: number;
  readonly status: string;
  readonly placedAt: Date;
}

async function readOrder(sql: Sql, orderId: string) {
  const [row] = await sql<OrderRow[]>`
    select customer_id as "customerId", line_items as "lineItems", amount_cents as "amountCents", status,
      placed_at as "placedAt"
    from orders.orders where order_id = ${orderId}`;
  if (!row) throw new HttpError(404, 'no such order');
  const { customerId, amountCents, status, placedAt } = row;
  const lineItems = row.lineItems.map(({ unitPriceCents, ...item }) => ({
    ...item,
    unitPrice: toAmount(unitPriceCents),
  }));
  return { orderId, customerId, lineItems, totalAmount: toAmount(amountCents), status, placedAt };
}
