// A target file: how to reach one order platform and how to read what it did. Secrets stand in it only as references.

import type { Customer } from './bound.ts';

/** A secret by reference: `env:NAME` or `file:/path`. Resolved at the last moment, never written to any artifact. */
export type SecretReference = `env:${string}` | `file:${string}`;

export interface Target {
  readonly name: string;
  /** True only in the file that `stampede up` writes. */
  readonly embedded?: boolean;
  /** Bugs that the embedded platform was started with on purpose, `name=share` each. */
  readonly plantedDefects?: readonly string[];
  /** Which flow module drives it: `seed` (four calls) or `checkout` (the seven calls of the present platform). */
  readonly flow: 'seed' | 'checkout';
  readonly http: {
    /** Base URL per bounded context, without trailing slash. */
    readonly baseUrls: { readonly shopping: string; readonly orders: string };
  };
  readonly database?: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
    readonly password: SecretReference;
  };
  /** Read-only SQL. `orders` and `effects` take one parameter `$1`: an array of the run's own customer ids (text[]). */
  readonly queries?: {
    /** Gives order_id, customer_id, status. */
    readonly orders: string;
    /** Gives order_id, kind, count. */
    readonly effects: string;
    /** Gives name, value; no parameter; only meaningful when no one else uses the platform. */
    readonly totals?: string;
  };
  readonly broker?: {
    /** Management API. */
    readonly managementUrl: string;
    readonly user: string;
    readonly password: SecretReference;
    readonly vhost: string;
    readonly queues: readonly string[];
    readonly deadLetterQueues: readonly string[];
  };
  /** Whose promises it is held to (lib/model/bound.ts); S1's unless it says otherwise. */
  readonly promises?: Customer;
  readonly waivers?: readonly { readonly bound: string; readonly reason: string }[];
}
