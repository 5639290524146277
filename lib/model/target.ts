// A target file: how to reach one order platform and how to read what it did. Secrets stand in it only as references.

import type { Customer } from './bound.ts';

/** A secret by reference: `env:NAME` or `file:/path`. Resolved at the last moment, never written to any artifact. */
export type SecretReference = `env:${string}` | `file:${string}`;

/** TLS beyond what the system trusts: TLS 1.2 at least, and the server's certificate is always verified. Paths of PEM files. */
export interface Tls {
  /** Certificate authorities that are trusted beside the system's. */
  readonly caFile?: string;
  /** Client certificate and its key without passphrase: both or neither. */
  readonly certFile?: string;
  readonly keyFile?: string;
}

/** TLS of a connection that only the suite itself makes. */
export interface NamedTls extends Tls {
  /** Name in the server's certificate, where it is not the host that is connected to. */
  readonly serverName?: string;
}

/** Either a bearer token, or user and password. */
export type HttpAuth =
  | { readonly bearer: SecretReference }
  | { readonly basic: { readonly user: string; readonly password: SecretReference } };

export interface HttpAccess {
  /** Base URL per bounded context, without trailing slash. */
  readonly baseUrls: { readonly shopping: string; readonly orders: string };
  /** Sent with every request: plain text, or a reference to a secret. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly auth?: HttpAuth;
  readonly tls?: Tls;
}

export interface Target {
  readonly name: string;
  /** True only in the file that `stampede up` writes. */
  readonly embedded?: boolean;
  /** Bugs that the embedded platform was started with on purpose, `name=share` each. */
  readonly plantedDefects?: readonly string[];
  /** Which flow module drives it: `seed` (four calls) or `checkout` (the seven calls of the present platform). */
  readonly flow: 'seed' | 'checkout';
  readonly http: HttpAccess;
  readonly database?: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
    readonly password: SecretReference;
    /** Present: the connection is encrypted and the server's certificate verified. */
    readonly tls?: NamedTls;
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
    readonly tls?: NamedTls;
  };
  /** Where the platform's events can be copied from: a queue of the suite's own is bound there while a run lasts. */
  readonly tap?: TapAccess;
  /** Whose promises it is held to (lib/model/bound.ts); S1's unless it says otherwise. */
  readonly promises?: Customer;
  readonly waivers?: readonly { readonly bound: string; readonly reason: string }[];
}

/** How clients of AMQP reach a cluster, node by node. */
export interface BrokerAccess {
  readonly nodes: readonly BrokerNode[];
  readonly vhost: string;
  readonly user: string;
  readonly password: SecretReference;
}

/** The platform's exchanges as the suite taps them, over AMQP. */
export interface TapAccess {
  /** Tried one after the other when a connection is lost. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly vhost: string;
  readonly user: string;
  readonly password: SecretReference;
  readonly tls?: NamedTls;
  /** The event that the platform publishes for every order that it takes: where, and the message's `type`. Its `correlation_id` is the order's id. */
  readonly placed: EventBinding;
  /** The event that it publishes for every order that was paid for, upon which stock is committed. */
  readonly captured?: EventBinding;
  /** Where messages are sent that the platform gives up. */
  readonly deadLetters?: readonly Binding[];
}

export interface Binding {
  readonly exchange: string;
  readonly routingKey: string;
}

export interface EventBinding extends Binding {
  /** The message's own `type`. */
  readonly type: string;
}

export interface BrokerNode {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}
