// AMQP inside k6 (extension/amqp).

export type {
  AmqpError,
  BatchOutcome,
  Channel,
  ChannelOptions,
  Client,
  ClientOptions,
  ConsumeOptions,
  Consumer,
  ConsumeSummary,
  Delivery,
  Message,
  Outcome,
} from 'k6/x/amqp';
export { default as amqp } from 'k6/x/amqp';
