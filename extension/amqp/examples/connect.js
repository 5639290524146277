// How all examples reach the broker: AMQP_URLS, AMQP_USER and AMQP_PASSWORD; a RabbitMQ of this machine if none is set.

/** Options of a client. The password goes from the environment into the connection, and not through the script. */
export const connection = {
  urls: (__ENV.AMQP_URLS || 'amqp://127.0.0.1:5672').split(','),
  user: __ENV.AMQP_USER || 'guest',
  ...(__ENV.AMQP_PASSWORD ? { passwordFrom: 'env:AMQP_PASSWORD' } : {}),
};
