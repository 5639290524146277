// Experiments on the network between services, broker and database.

import type { Experiment } from '../engine/experiment.ts';
import { GUARDS, STEADY } from './usual.ts';

export const NETWORK_EXPERIMENTS: readonly Experiment[] = [
  {
    name: 'slow-network',
    about:
      'every answer of broker and database reaches the orders service 100 ms late, for 20 s: orders are slower, and none is lost',
    loadS: 70,
    steady: STEADY,
    guards: GUARDS,
    method: [
      {
        parallel: (['broker', 'database'] as const).map((to) => ({
          fault: 'link-latency',
          options: { services: ['orders-api', 'orders-saga'], to, latencyMs: 100, jitterMs: 0 },
          when: { afterS: 2 },
          forS: 20,
        })),
      },
    ],
  },
];
