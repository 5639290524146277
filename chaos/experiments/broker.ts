// Experiments on the broker cluster.

import type { Experiment } from '../engine/experiment.ts';
import { GUARDS, ORDERS_QUEUE, STEADY } from './usual.ts';

export const BROKER_EXPERIMENTS: readonly Experiment[] = [
  {
    name: 'broker-leader-kill',
    about: 'kill -9 of the node that leads the orders queue: followers take over, and no order is lost',
    loadS: 44,
    steady: STEADY,
    guards: GUARDS,
    method: [
      {
        fault: 'broker-kill',
        options: { role: 'leader', queue: ORDERS_QUEUE, restartedBy: 'supervisor' },
        when: { afterS: 2 },
      },
    ],
  },
  {
    name: 'broker-rolling-restart',
    about:
      'every node stops and starts again, one after the other, as in an upgrade: customers notice nothing that a retry does not mend',
    loadS: 120,
    steady: STEADY,
    guards: GUARDS,
    method: [{ fault: 'broker-rolling-restart', options: { queue: ORDERS_QUEUE }, when: { afterS: 2 } }],
  },
  {
    name: 'broker-partition-minority',
    about:
      'one node is cut off from the others for 20 s and pauses itself: its clients move to the majority, and no order is lost',
    loadS: 90,
    steady: STEADY,
    guards: GUARDS,
    method: [
      { fault: 'broker-partition', options: { role: 'minority', queue: ORDERS_QUEUE }, when: { afterS: 2 }, forS: 20 },
    ],
  },
  {
    name: 'broker-majority-loss',
    about:
      'two of three nodes are down for 15 s: nothing can be confirmed meanwhile, and what was accepted is worked off afterwards',
    loadS: 110,
    steady: STEADY,
    guards: GUARDS,
    accepts: 'loss-of-the-majority',
    method: [
      {
        fault: 'broker-kill',
        options: { role: 'majority', queue: ORDERS_QUEUE, restartedBy: 'heal' },
        when: { afterS: 2 },
        forS: 15,
      },
    ],
  },
  {
    name: 'broker-memory-alarm',
    about:
      'one node raises its memory alarm for 15 s, and the cluster blocks publishers: outboxes hold what was accepted',
    loadS: 70,
    steady: STEADY,
    guards: GUARDS,
    method: [
      { fault: 'broker-memory-alarm', options: { role: 'leader', queue: ORDERS_QUEUE }, when: { afterS: 2 }, forS: 15 },
    ],
  },
];
