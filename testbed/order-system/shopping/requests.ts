// JSON Schemas of what shopping's clients may send.

const text = { type: 'string', minLength: 1, maxLength: 200 } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const quantity = { type: 'integer', minimum: 1, maximum: 1000 } as const;
/** Decimal, in the shop's one currency. */
const amount = { type: 'number', minimum: 0, maximum: 10_000 } as const;

const required = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

export const cartIdSchema = required({ cartId: uuid });
export const checkoutIdSchema = required({ checkoutId: uuid });
export const customerSchema = required({ customerId: uuid });
/** Without `unitPrice` the catalogue's price counts. */
export const itemSchema = {
  type: 'object',
  required: ['sku', 'quantity'],
  properties: { sku: text, quantity, unitPrice: amount },
};
export const addressSchema = required({
  addressLine1: text,
  city: text,
  stateOrProvince: text,
  postalCode: text,
  country: text,
});
export const shippingSchema = required({ shippingMethod: text, shippingCost: amount });
export const paymentSchema = required({ paymentMethodToken: text });
