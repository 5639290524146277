// Options with which every fault can be made on the embedded platform.

import type { JsonObject } from './fault.ts';

const QUEUE = 'orders';
const LINK = { services: ['orders-saga'], to: 'broker' } as const;

/** By the fault's name. */
export const FAULT_SAMPLES: Readonly<Record<string, JsonObject>> = {
  'process-kill': { process: 'payments', restartedBy: 'heal' },
  'process-stop': { process: 'inventory', restartedBy: 'heal' },
  'process-freeze': { process: 'orders-api' },
  'broker-kill': { role: 'leader', queue: QUEUE, restartedBy: 'heal' },
  'broker-freeze': { role: 'follower', queue: QUEUE },
  'broker-restart': { role: 'follower', queue: QUEUE, restartedBy: 'supervisor' },
  'broker-rolling-restart': { queue: QUEUE },
  'broker-partition': { role: 'minority', queue: QUEUE },
  'network-cut': { services: ['payments'], from: 'broker' },
  'broker-memory-alarm': { role: 'leader', queue: QUEUE },
  'broker-disk-alarm': { role: 'leader', queue: QUEUE },
  'database-connections': { evict: true },
  'consumer-pause': { queue: 'payments' },
  'link-latency': { ...LINK, latencyMs: 100, jitterMs: 0 },
  'link-bandwidth': { ...LINK, kilobytesPerS: 5 },
  'link-reset': LINK,
  'link-half-open': LINK,
  'broker-disk-full': { queue: QUEUE },
};
