// All that one order needs to know on its way.

import type { LoadPlan } from '../config/load-plan.ts';
import type { Flow } from '../flows/flow.ts';
import type { OrderPlan } from '../workload/order-plan.ts';

export interface OrderJourney {
  readonly flow: Flow;
  readonly plan: LoadPlan;
  readonly behaviour: OrderPlan;
  /** The client-made id. */
  readonly key: string;
  /** The stage in which the order began. */
  readonly stage: string;
}
