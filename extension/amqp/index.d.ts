// The manual of k6/x/amqp: AMQP 0-9-1 for k6 scripts, with the outcome of every message. messages.d.ts is its other half.

/// <reference path="./messages.d.ts" />

declare module 'k6/x/amqp' {
  /** How to reach a cluster. Any other key is refused. */
  export interface ClientOptions {
    /**
     * The nodes, in the order in which they are tried: `amqp://host:port` or `amqps://host:port` (5672 and 5671 if no
     * port is given). An address with a user name, a password, a path or a query is refused, without being shown:
     * addresses stand in logs and errors, and what is in an address would stand there too.
     */
    urls: readonly string[];
    /** @default 'guest' */
    user?: string | undefined;
    /** SASL PLAIN. @default 'guest', which RabbitMQ accepts from its own machine only */
    password?: string | undefined;
    /**
     * Where the password is, so that the script never has it: `env:NAME`, `file:/path` (one newline at the end is
     * dropped), or `secret:key` and `secret:source/key` for k6's `--secret-source` (in the init context only).
     */
    passwordFrom?: string | undefined;
    /** @default '/' */
    vhost?: string | undefined;
    /** The name of the connection that the broker shows. Clients with different names have connections of their own. @default 'k6' */
    name?: string | undefined;
    /**
     * From 1000 to 60000; the broker may ask for its own. A peer that is silent for one and a half times as long is given
     * up. @default 5000
     */
    heartbeatMs?: number | undefined;
    /** Bounds one attempt at one address, from the dial to the open connection. @default 10000 */
    connectTimeoutMs?: number | undefined;
    /**
     * After a round of attempts in vain the next one waits, from `initialMs` doubling to `maxMs`; half of every wait is
     * random. @default { initialMs: 100, maxMs: 5000 }
     */
    reconnect?: { initialMs?: number | undefined; maxMs?: number | undefined } | undefined;
    /**
     * `ordered`: every connection tries the first url first. `spread`: the connections begin at different urls.
     * @default 'ordered'
     */
    failover?: 'ordered' | 'spread' | undefined;
    /** For `amqps://`. Certificates and key are PEM text, or `file:/path`. The server name is the host unless given. */
    tls?:
      | {
          ca?: string | undefined;
          cert?: string | undefined;
          key?: string | undefined;
          serverName?: string | undefined;
          insecureSkipVerify?: boolean | undefined;
        }
      | undefined;
    /**
     * Shares connections between all virtual users of the process that name the same pool: `connections` × `channels`
     * channels for publishing; more users than channels share them in turn. Consumers and `get` open channels of their
     * own on these connections. All options must be equal, or the first use throws `pool_mismatch`. Without a pool every
     * virtual user has a connection of its own.
     */
    pool?: { name: string; connections?: number | undefined; channels?: number | undefined } | undefined;
  }

  /** How to publish. Any other key is refused. */
  export interface ChannelOptions {
    /** Without confirms every sent message is `unknown`. @default true */
    confirm?: boolean | undefined;
    /** How many messages may be without a confirm; one whose confirm timed out still counts. @default 100 */
    window?: number | undefined;
    /** Bounds the wait for a confirm; then the message is `unknown`. @default 10000 */
    confirmTimeoutMs?: number | undefined;
    /**
     * Bounds the time in which a waiting message sees none being sent, because the connection is not open, the broker
     * takes no messages or the window is full; then it is `rejected`. @default 5000
     */
    sendTimeoutMs?: number | undefined;
    /**
     * Adds the header `x-k6-sent-us`, the time of publication in microseconds since the epoch, from which the consumer
     * makes `amqp_end_to_end_duration`. Across machines that is as exact as their clocks. @default true
     */
    stamp?: boolean | undefined;
  }

  interface Request {
    /** @default 10000 */
    timeoutMs?: number | undefined;
    arguments?: Table | undefined;
  }

  /** `passive` only asks whether it is there. `type` is the argument `x-queue-type`. */
  export interface QueueOptions extends Request {
    /** @default '', for which the broker makes a name */
    name?: string | undefined;
    type?: 'classic' | 'quorum' | 'stream' | undefined;
    /** @default true */
    durable?: boolean | undefined;
    exclusive?: boolean | undefined;
    autoDelete?: boolean | undefined;
    passive?: boolean | undefined;
  }

  export interface ExchangeOptions extends Request {
    name: string;
    /** `direct`, `fanout`, `topic`, `headers`, or what a plugin offers. @default 'direct' */
    type?: string | undefined;
    /** @default true */
    durable?: boolean | undefined;
    autoDelete?: boolean | undefined;
    internal?: boolean | undefined;
    passive?: boolean | undefined;
  }

  /**
   * A connection of a virtual user, or its share in a pool. It connects when it is first needed, lives as long as the
   * virtual user (iterations come and go), and connects anew when it is lost: counted by `amqp_reconnects`, logged once per
   * outage. What was in flight is told by the outcomes.
   *
   * Every request of topology has an AMQP channel of its own. What the broker refuses rejects with an `AmqpError` of code
   * `refused` and its `replyCode`.
   */
  export interface Client {
    /** The channel with these options; the same one for equal options. Works in the init context too. */
    channel(options?: ChannelOptions): Channel;
    /** Waits until the connection is open. Nobody has to call it. */
    connect(options?: { timeoutMs?: number | undefined }): Promise<void>;
    /** `blocked`: the broker has an alarm and takes no messages. `failed`: it refused the first login, for good. */
    state(): 'idle' | 'connecting' | 'open' | 'blocked' | 'failed' | 'closed';
    /** Ends this virtual user's connection. A pool lives until the end of the test. */
    close(): Promise<void>;

    declareQueue(options: QueueOptions): Promise<{ name: string; messages: number; consumers: number }>;
    deleteQueue(
      options: { name: string; ifUnused?: boolean | undefined; ifEmpty?: boolean | undefined } & Omit<
        Request,
        'arguments'
      >,
    ): Promise<{ messages: number }>;
    purgeQueue(options: { name: string } & Omit<Request, 'arguments'>): Promise<{ messages: number }>;
    bindQueue(options: { queue: string; exchange: string; routingKey?: string | undefined } & Request): Promise<object>;
    unbindQueue(
      options: { queue: string; exchange: string; routingKey?: string | undefined } & Request,
    ): Promise<object>;
    declareExchange(options: ExchangeOptions): Promise<object>;
    deleteExchange(
      options: { name: string; ifUnused?: boolean | undefined } & Omit<Request, 'arguments'>,
    ): Promise<object>;
    bindExchange(
      options: { destination: string; source: string; routingKey?: string | undefined } & Request,
    ): Promise<object>;
    unbindExchange(
      options: { destination: string; source: string; routingKey?: string | undefined } & Request,
    ): Promise<object>;
  }

  /**
   * Thrown, or what a promise rejects with: an `Error` with this name and a `code` to tell it by. No message holds a
   * password.
   * `init_context`: it needs the code of a virtual user · `invalid_argument`, `unknown_key`, `credentials`,
   * `pool_mismatch`: see the message · `refused`: the broker said no, `replyCode` has its code · `not_open`, `timeout`,
   * `connection_lost`, `interrupted`, `closed`: as in outcomes · `already_settled` · `internal`: a defect of this module.
   */
  export interface AmqpError extends Error {
    readonly name: 'AmqpError';
    readonly code:
      | 'init_context'
      | 'invalid_argument'
      | 'unknown_key'
      | 'credentials'
      | 'pool_mismatch'
      | 'refused'
      | 'not_open'
      | 'timeout'
      | 'connection_lost'
      | 'interrupted'
      | 'closed'
      | 'already_settled'
      | 'internal';
    readonly replyCode?: number;
  }

  /**
   * The client with these options; the same one for equal options. Call it in the init context: that sends nothing, and
   * finds mistakes before the test begins.
   *
   * @example
   * const client = amqp.client({ urls: ['amqp://rabbit-1', 'amqp://rabbit-2'], user: 'test', passwordFrom: 'env:AMQP_PASSWORD' });
   * const channel = client.channel();
   *
   * export default async function () {
   *   const outcome = await channel.publish({ routingKey: 'orders', body: 'hello' });
   * }
   */
  export function client(options: ClientOptions): Client;

  const amqp: { client: typeof client };

  // biome-ignore lint/style/noDefaultExport: k6's own modules have one, so scripts expect it.
  export { amqp as default };
}
