// The order ramp: concurrent orders rise level by level; each virtual user keeps one order in flight. Run by `stampede gate`.

import { flow, plan, secrets } from '../lib/clients/assignment.ts';
import { loadOptions } from '../lib/clients/load-options.ts';
import { placeOrder } from '../lib/clients/place-order.ts';
import { Session } from '../lib/clients/session.ts';
import { writtenDown } from '../lib/clients/suite-defect.ts';
import { shopper } from '../lib/k6/shopper.ts';
import { planOrder } from '../lib/workload/order-plan.ts';
import { stageAt } from '../lib/workload/stages.ts';

/** k6 runs this file once per virtual user, so each has its own. */
const session = new Session(secrets, plan.profile.httpTimeoutMs);

/** k6 reads them once, before there are users. Each of these keeps a copy of whatever a scenario exports: no data besides. */
export const options = __VU === 0 ? loadOptions(plan, flow) : undefined;

/** One iteration is one order. */
export default function orderRamp(): void {
  const orderNumber = shopper.orderNumber();
  const stage = stageAt(plan.profile, shopper.elapsedMs()).name;
  shopper.tagStage(stage);
  const key = shopper.orderKey(plan.run, plan.generator, orderNumber);
  try {
    const behaviour = planOrder(plan.seed, orderNumber, plan.profile);
    const { completionMs, flowMs } = placeOrder({ flow, plan, behaviour, session, key, stage });
    shopper.countOrder(completionMs, flowMs);
  } catch (cause) {
    throw writtenDown(cause, { session, key, stage });
  }
}
