// The manual of k6/x/amqp: AMQP 0-9-1 for k6 scripts, with the outcome of every message.

declare module 'k6/x/amqp' {
  /** What a header or an argument may be. Whole numbers travel as integers, a Date as seconds, bytes as bytes. */
  export type Field =
    | null
    | boolean
    | number
    | bigint
    | string
    | Date
    | ArrayBuffer
    | Uint8Array
    | readonly Field[]
    | { readonly [key: string]: Field | undefined };

  /** Headers or arguments: at most 16 levels deep, keys of at most 255 bytes. */
  export type Table = { readonly [key: string]: Field | undefined };

  /** Text is sent as UTF-8. Bytes are copied: the script may change its buffer afterwards. */
  export type Body = string | ArrayBuffer | Uint8Array;

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

  /** A message. Any other key is refused. Texts other than the body have room for 255 bytes. */
  export interface Message {
    /** @default '', the exchange that routes to the queue named by `routingKey` */
    exchange?: string | undefined;
    /** @default '' */
    routingKey?: string | undefined;
    body?: Body | undefined;
    /**
     * Has the broker return the message when no queue is there for it: otherwise it acks and drops it. A mandatory
     * message also gets the header `x-k6-sequence`. @default true
     */
    mandatory?: boolean | undefined;
    /** @default true */
    persistent?: boolean | undefined;
    headers?: Table | undefined;
    contentType?: string | undefined;
    contentEncoding?: string | undefined;
    correlationId?: string | undefined;
    messageId?: string | undefined;
    replyTo?: string | undefined;
    type?: string | undefined;
    appId?: string | undefined;
    /** The message's time to live. */
    expirationMs?: number | undefined;
    /** From 0 to 255. */
    priority?: number | undefined;
  }

  /**
   * What became of a message. In doubt, `unknown`.
   * - `acked`: the broker has taken it over (of a mandatory message: into at least one queue).
   * - `nacked`: the broker said that it did not.
   * - `returned`: no queue was there for it; the broker has forgotten it.
   * - `unknown`: it was sent, and nobody knows. Code `connection_lost`, `channel_closed` (with the broker's reply code),
   *   `confirm_timeout`, `interrupted` (the iteration was cut) or `unconfirmed` (the channel asks for no confirms).
   * - `rejected`: it was certainly not sent. Code `not_open`, `blocked`, `window_full`, `stalled` (the socket took no
   *   bytes), `refused` (the broker refused the login), `closed`, `interrupted` or `invalid_message`.
   */
  export type Outcome =
    | { readonly kind: 'acked' | 'nacked'; readonly durationMs: number }
    | {
        readonly kind: 'returned';
        readonly durationMs: number;
        readonly code: 'returned';
        readonly text: string;
        readonly replyCode: number;
      }
    | {
        readonly kind: 'unknown' | 'rejected';
        readonly code: string;
        readonly text: string;
        readonly replyCode?: number;
      };

  /** What became of a batch. Every message that is not acked is in `others`, in the order of the batch. */
  export interface BatchOutcome {
    readonly total: number;
    readonly acked: number;
    readonly nacked: number;
    readonly returned: number;
    readonly unknown: number;
    readonly rejected: number;
    readonly others: readonly (Outcome & { readonly index: number })[];
  }

  /** A message from the broker. */
  export interface Delivery {
    readonly exchange: string;
    readonly routingKey: string;
    readonly consumerTag: string;
    /** Without this flag nobody has seen the message before. */
    readonly redelivered: boolean;
    /** How often a quorum queue has delivered it in vain (`x-delivery-count`); 0 for other queues. */
    readonly deliveryCount: number;
    /** From `get`: how many messages the queue still has. */
    readonly messageCount: number;
    readonly messageId: string;
    readonly correlationId: string;
    readonly contentType: string;
    readonly type: string;
    readonly appId: string;
    readonly replyTo: string;
    readonly priority: number;
    readonly persistent: boolean;
    /** Integers that JavaScript cannot count exactly are BigInts, timestamps Dates, bytes ArrayBuffers. Made at every look. */
    readonly headers: { readonly [key: string]: unknown };
    text(): string;
    bytes(): ArrayBuffer;
    /** `JSON.parse` of the text. */
    json(): unknown;
    /**
     * Settles the delivery. False when its channel is closed, so that the broker will deliver it again; true means that it
     * is on its way, for AMQP confirms no acknowledgement. A second settlement, and one of a delivery that needs none,
     * throws `already_settled`.
     */
    ack(): boolean;
    /** @default { requeue: true } */
    nack(options?: { requeue?: boolean | undefined }): boolean;
    /** @default { requeue: true } */
    reject(options?: { requeue?: boolean | undefined }): boolean;
  }

  /** What to consume. Any other key is refused. */
  export interface ConsumeOptions {
    queue: string;
    /** How many deliveries may be unsettled, from 1 to 65535. @default 50 */
    prefetch?: number | undefined;
    /** The broker forgets a message when it sends it: one that is lost on the way is lost. @default false */
    autoAck?: boolean | undefined;
    /** Ends the consumer when, while subscribed, no message came for so long and no handler is at work. @default never */
    idleMs?: number | undefined;
    /**
     * Subscribes again after a lost connection or channel. Otherwise the consumer ends with `connection_lost`.
     * @default true
     */
    resume?: boolean | undefined;
    exclusive?: boolean | undefined;
    consumerTag?: string | undefined;
    arguments?: Table | undefined;
    /** Bounds the first subscription. @default 10000 */
    timeoutMs?: number | undefined;
  }

  export interface ConsumeSummary {
    /** Told, idle, cancelled by the broker (the queue is gone), cut with the iteration, or lost without `resume`. */
    readonly reason: 'stopped' | 'idle' | 'cancelled' | 'interrupted' | 'connection_lost';
    readonly delivered: number;
    readonly redelivered: number;
    /** How often it subscribed again. */
    readonly resumed: number;
  }

  export interface Consumer {
    /** No handler is started any more; those at work may still settle their deliveries. The rest goes back to the queue. */
    stop(): void;
    /**
     * Settled when the consumer has ended. It rejects with what a handler threw (which ends the consumer, the delivery
     * unsettled), and with an `AmqpError` when it could not subscribe. The iteration lasts until then.
     */
    readonly finished: Promise<ConsumeSummary>;
  }

  /**
   * Publishes on one AMQP channel, gets on a second and opens one for every consumer, so that what the broker refuses on
   * one closes that one alone. A channel that was closed is opened again with the next use.
   */
  export interface Channel {
    /**
     * Publishes one message. The promise always fulfils with an outcome; a wrong argument throws at once. Nothing is ever
     * sent a second time.
     *
     * @example
     * const outcome = await channel.publish({ exchange: 'orders', routingKey: 'placed', body: JSON.stringify(order) });
     * if (outcome.kind === 'unknown') { // it may have arrived: send it again, or not, and know why
     */
    publish(message: Message): Promise<Outcome>;
    /**
     * Publishes up to a million messages with one promise: much cheaper. A message is an object or a body alone; what it
     * does not say is taken from `shared`.
     *
     * @example
     * const { acked, others } = await channel.publishMany(bodies, { routingKey: 'orders' });
     */
    publishMany(messages: readonly (Message | Body)[], shared?: Message): Promise<BatchOutcome>;
    /**
     * Consumes a queue. The handler runs on the event loop, one call at a time; an async one may have up to `prefetch`
     * calls under way.
     *
     * @example
     * const consumer = channel.consume({ queue: 'orders', idleMs: 1000 }, (delivery) => { delivery.ack(); });
     * const { delivered } = await consumer.finished;
     */
    consume(
      options: ConsumeOptions,
      handler: (delivery: Delivery, consumer: Consumer) => void | Promise<void>,
    ): Consumer;
    /** The first message of a queue, or null. For draining by hand; `consume` with `idleMs` is faster. */
    get(options: {
      queue: string;
      autoAck?: boolean | undefined;
      timeoutMs?: number | undefined;
    }): Promise<Delivery | null>;
    /** What waits becomes `rejected`, what has no confirm `unknown`. */
    close(): Promise<void>;
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
