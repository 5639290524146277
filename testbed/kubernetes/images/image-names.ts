// The images of a cluster by name. No registry has them: they are made on this machine and never pulled.

const LOCAL = 'stampede.local';

export const PAUSE_IMAGE = `${LOCAL}/pause:1`;
export const RABBITMQ_IMAGE = `${LOCAL}/rabbitmq:4.0`;
export const POSTGRESQL_IMAGE = `${LOCAL}/postgresql:17`;
export const ORDER_SYSTEM_IMAGE = `${LOCAL}/order-system:1`;
export const K6_IMAGE = `${LOCAL}/k6:1`;
