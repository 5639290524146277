// All that one order needs to know on its way.

import type { LoadPlan } from '../config/load-plan.ts';
import type { Flow } from '../flows/flow.ts';
import type { OrderPlan } from '../workload/order-plan.ts';
import type { Session } from './session.ts';

export interface OrderJourney {
  readonly flow: Flow;
  readonly plan: LoadPlan;
  readonly behaviour: OrderPlan;
  /** Of the virtual user that places the order. */
  readonly session: Session;
  /** The client-made id. */
  readonly key: string;
  /** The stage in which the order began. */
  readonly stage: string;
}
