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
  /** Where the platform runs on Kubernetes with Chaos Mesh: what faults may touch, and nothing else. */
  readonly kubernetes?: KubernetesAccess;
  /** Whose promises it is held to (lib/model/bound.ts); S1's unless it says otherwise. */
  readonly promises?: Customer;
  readonly waivers?: readonly { readonly bound: string; readonly reason: string }[];
}

/** The one cluster and namespace in which faults may be made, and the pods of each part of the platform. */
export interface KubernetesAccess {
  /** Path of a kubeconfig. */
  readonly kubeconfig: string;
  /** Name of a context in it; never "the current one". */
  readonly context: string;
  /** UID of the namespace kube-system: another cluster behind the same name is refused. */
  readonly clusterUid: string;
  /** Of the platform's pods; Chaos Mesh objects and the lease are made there, too. */
  readonly namespace: string;
  /** Labels of the pods of each part, by the names that experiments use; `broker` and `database` among them. */
  readonly workloads: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the kernels of the nodes can do, where this machine cannot try it for itself. */
  readonly nodesCan?: readonly KernelSkill[];
}

/** `packet-filter`: iptables and ipset, for partitions. `netem`: delay and loss. `tbf`: bandwidth. */
export type KernelSkill = 'packet-filter' | 'netem' | 'tbf';

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
