// JSON Schemas of what the clients of orders-api may send.

const text = { type: 'string', minLength: 1, maxLength: 200 } as const;
const uuid = { type: 'string', format: 'uuid' } as const;

export const orderIdSchema = { type: 'object', required: ['orderId'], properties: { orderId: uuid } };

/** From shopping only. Money in cents. */
export const draftSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['customerId', 'lineItems'],
  properties: {
    customerId: uuid,
    lineItems: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['sku', 'quantity', 'unitPriceCents'],
        properties: {
          sku: text,
          quantity: { type: 'integer', minimum: 1 },
          unitPriceCents: { type: 'integer', minimum: 0 },
        },
      },
    },
  },
};

export const submissionSchema = {
  type: 'object',
  required: ['shippingAddress', 'shippingMethod', 'paymentMethodToken'],
  properties: {
    shippingAddress: { anyOf: [text, { type: 'object', minProperties: 1 }] },
    shippingMethod: text,
    paymentMethodToken: text,
  },
};
