// What the experiments that ship share: the steady state of an order platform, and the guard against an outage without end.

import type { Guard, SteadyState } from '../engine/experiment.ts';

/** The queue whose leader gives broker nodes their roles: answers to the saga come by it. */
export const ORDERS_QUEUE = 'orders';

/** Orders come to their end, and none of them badly, five seconds long. */
export const STEADY: SteadyState = {
  conditions: [
    { figure: 'orders-per-s', atLeast: 1 },
    { figure: 'failed-share', atMost: 0 },
    { figure: 'probe-failed-share', atMost: 0 },
  ],
  forS: 5,
  withinS: 45,
};

/** Longer than any fault here is meant to stop the platform. */
export const GUARDS: readonly Guard[] = [{ figure: 'orders-per-s', atLeast: 1, forS: 60 }];
