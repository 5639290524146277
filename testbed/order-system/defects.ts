// Planted defects: bugs that the honest order system takes by name, so that a test can show that the suite catches them.

import { createHash } from 'node:crypto';

/** What each defect can be told. `share` is the part of all orders that it hits, 0 to 1; of all queues or services where it says so. */
export interface DefectParameters {
  /** Checkout answers late. */
  readonly 'slow-checkout': { readonly share: number; readonly delayMs: number };
  /** Inventory locks stock rows in opposite orders and works `holdMs` between two locks: the database sees deadlocks. */
  readonly 'lock-order': { readonly share: number; readonly holdMs: number };
  /** The saga never takes the order past PaymentConfirmed. */
  readonly 'stuck-saga': { readonly share: number };
  /** Payments throws on the order's message each time, until the delivery limit dead-letters it. */
  readonly 'poison-message': { readonly share: number };
  /** `complete` answers 202 and stores nothing. */
  readonly 'phantom-ok': { readonly share: number };
  /** A second submit, or a redelivered message, charges the customer again. */
  readonly 'not-idempotent': { readonly share: number };
  /** A service that has lost a connection to the broker does not connect again. Of all services. */
  readonly 'no-reconnect': { readonly share: number };
  /** Connections to the database that were lost are never given back to their pool. Of all services. */
  readonly 'leaky-connections': { readonly share: number };
  /** Consumers declare their queues themselves, on one node and not durable: when it dies, what waited there is gone. Of all queues. */
  readonly 'classic-transient-queue': { readonly share: number };
  /** Events are sent without asking for a confirm, and the outbox forgets them at once. */
  readonly 'no-confirms': { readonly share: number };
  /** Consumers take a message for done when it was sent to them: what they had not handled dies with them. Of all queues. */
  readonly 'auto-ack': { readonly share: number };
}

export type DefectName = keyof DefectParameters;
export type DefectSettings = { readonly [Name in DefectName]?: Partial<DefectParameters[Name]> };

const DEFAULTS: DefectParameters = {
  'slow-checkout': { share: 1, delayMs: 6000 },
  'lock-order': { share: 1, holdMs: 50 },
  'stuck-saga': { share: 0.2 },
  'poison-message': { share: 0.02 },
  'phantom-ok': { share: 0.02 },
  'not-idempotent': { share: 1 },
  'no-reconnect': { share: 1 },
  'leaky-connections': { share: 1 },
  'classic-transient-queue': { share: 1 },
  'no-confirms': { share: 1 },
  'auto-ack': { share: 1 },
};

/** Every name that a configuration may plant. */
export const defectNames = Object.keys(DEFAULTS) as readonly DefectName[];

const RANGES = {
  share: { type: 'number', minimum: 0, maximum: 1 },
  delayMs: { type: 'integer', minimum: 1, maximum: 60_000 },
  holdMs: { type: 'integer', minimum: 0, maximum: 1000 },
} as const;

/** JSON Schema of the `defects` key of a service's configuration: only known names, only parameters that the name takes. */
export const defectsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, parameters]) => [
      name,
      {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(Object.keys(parameters).map((key) => [key, RANGES[key as keyof typeof RANGES]])),
      },
    ]),
  ),
};

/** The defects that are planted in this process. */
export class Defects {
  readonly #settings: DefectSettings;

  constructor(settings: DefectSettings) {
    this.#settings = settings;
  }

  /** Whether the defect strikes this order, queue or service: a hash of both names, so every process and every run agrees. */
  hits(name: DefectName, struck: string): boolean {
    return name in this.#settings && fractionOf(`${name}:${struck}`) < this.parameters(name).share;
  }

  /** The defect's parameters, defaults filled in. */
  parameters<Name extends DefectName>(name: Name): DefectParameters[Name] {
    return { ...DEFAULTS[name], ...this.#settings[name] };
  }
}

/** A number in [0, 1), evenly spread over texts. */
export function fractionOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
