// Experiments on the services and the database.

import type { Experiment } from '../engine/experiment.ts';
import { GUARDS, STEADY } from './usual.ts';

export const PROCESS_EXPERIMENTS: readonly Experiment[] = [
  {
    name: 'orders-service-kill',
    about: 'kill -9 of both processes of the orders service at once: accepted orders go on where they stood',
    loadS: 50,
    steady: STEADY,
    guards: GUARDS,
    method: [
      {
        parallel: ['orders-api', 'orders-saga'].map((process) => ({
          fault: 'process-kill',
          options: { process, restartedBy: 'supervisor' },
          when: { afterS: 2 },
        })),
      },
    ],
  },
  {
    name: 'payments-service-kill',
    about: 'kill -9 of the payments service: payments wait until it is back, and nobody pays twice',
    loadS: 50,
    steady: STEADY,
    guards: GUARDS,
    method: [
      { fault: 'process-kill', options: { process: 'payments', restartedBy: 'supervisor' }, when: { afterS: 2 } },
    ],
  },
  {
    name: 'payments-down',
    about: 'the payments service stops properly and stays away for 15 s: orders wait, and nobody pays twice',
    loadS: 70,
    steady: STEADY,
    guards: GUARDS,
    method: [
      { fault: 'process-stop', options: { process: 'payments', restartedBy: 'heal' }, when: { afterS: 2 }, forS: 15 },
    ],
  },
  {
    name: 'payments-freeze',
    about: 'the payments service hangs for 8 s with its connections open: orders wait, and nobody pays twice',
    loadS: 50,
    steady: STEADY,
    guards: GUARDS,
    method: [{ fault: 'process-freeze', options: { process: 'payments' }, when: { afterS: 2 }, forS: 8 }],
  },
  {
    name: 'database-restart',
    about: 'the database stops properly and is started again: every service connects anew, and no order is lost',
    loadS: 44,
    steady: STEADY,
    guards: GUARDS,
    method: [
      { fault: 'process-stop', options: { process: 'database', restartedBy: 'supervisor' }, when: { afterS: 2 } },
    ],
  },
  {
    name: 'consumer-backlog',
    about: 'nobody consumes payments for 15 s: the backlog that grows is worked off afterwards, and nobody pays twice',
    loadS: 70,
    steady: STEADY,
    guards: GUARDS,
    method: [{ fault: 'consumer-pause', options: { queue: 'payments' }, when: { afterS: 2 }, forS: 15 }],
  },
];
