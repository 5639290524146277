#!/usr/bin/env zx
// Kills the RabbitMQ node that leads the orders queue, three times while the load rises to 1000 concurrent orders.

import { ORDERS_QUEUE } from '../experiments/usual.ts';
import { runDrill } from './ramp-drill.ts';

await runDrill({
  name: 'kill-broker-nodes',
  about:
    'kills the RabbitMQ node that leads the orders queue, whichever it is by then, while the load rises: followers take over, and no order is lost',
  kills: [{ fault: 'broker-kill', options: { role: 'leader', queue: ORDERS_QUEUE, restartedBy: 'supervisor' } }],
});
