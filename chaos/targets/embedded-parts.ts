// What experiments may name on the embedded platform. The same in every testbed, so it is known while none is up.

import { BROKER_NAMES, brokerQueues, LINKS, SERVICE_NAMES } from '../../testbed/testbed.ts';
import type { Parts } from '../engine/parts.ts';

const BROKER = 'broker';
const DATABASE = 'database';
const PROCESSES = [...BROKER_NAMES, DATABASE, ...SERVICE_NAMES];

export const EMBEDDED_PARTS: Parts = {
  processes: PROCESSES,
  services: PROCESSES,
  ends: [BROKER, DATABASE, ...SERVICE_NAMES],
  queues: [...brokerQueues.queues, ...brokerQueues.deadLetterQueues],
  links: LINKS.map(({ from, to }) => ({ from, to: isBroker(to) ? BROKER : to })),
};

function isBroker(name: string): boolean {
  return BROKER_NAMES.some((each) => each === name);
}
