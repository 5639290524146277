// The part of the manual of k6/x/amqp that is about messages: publishing, outcomes, deliveries, consumers.

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
}
