#!/usr/bin/env zx
// Kills a pod of each part of the orders service, three times while the load rises to 1000 concurrent orders.

import { runDrill } from './ramp-drill.ts';

await runDrill({
  name: 'kill-order-pods',
  about: 'kills a pod of each part of the orders service while the load rises: accepted orders go on where they stood',
  kills: ['orders-api', 'orders-saga'].map((process) => ({
    fault: 'process-kill',
    options: { process, restartedBy: 'supervisor' },
  })),
});
