// The load of game days: users who keep one order each in flow, as in the order ramp, and a probe at a constant rate beside them.

import { flow, plan, secrets } from '../lib/clients/assignment.ts';
import { loadOptions } from '../lib/clients/load-options.ts';
import { probeOrder } from '../lib/clients/probe-order.ts';
import { Session } from '../lib/clients/session.ts';
import { writtenDown } from '../lib/clients/suite-defect.ts';
import { Rate, Trend } from '../lib/k6/metrics.ts';
import { shopper } from '../lib/k6/shopper.ts';
import { PROBE_FAILED, PROBE_STAGE, PROBE_TIME } from '../lib/model/probe.ts';
import { planProbe } from '../lib/workload/order-plan.ts';
import orderRamp from './order-ramp.ts';

const probePlan = plan.profile.probe;
/** Of this virtual user, when it probes: its requests have the probe's timeout. */
let session: Session | undefined;

const probeFailed = new Rate(PROBE_FAILED);
const probeTime = new Trend(PROBE_TIME, true);

export const options = __VU === 0 ? loadOptions(plan, flow) : undefined;

export default orderRamp;

/** One iteration is one probe. */
export function probe(): void {
  if (probePlan === undefined) throw new Error(`the profile ${plan.profile.name} has no probe`);
  const number = shopper.orderNumber();
  shopper.tagStage(PROBE_STAGE);
  const key = shopper.orderKey(plan.run, `${plan.generator}/probe`, number);
  session ??= new Session(secrets, probePlan.timeoutMs);
  try {
    const behaviour = planProbe(plan.seed, number);
    const tookMs = probeOrder({ flow, plan, behaviour, session, key, stage: PROBE_STAGE }, probePlan);
    probeFailed.add(tookMs === null);
    if (tookMs !== null) probeTime.add(tookMs);
  } catch (cause) {
    throw writtenDown(cause, { session, key, stage: PROBE_STAGE });
  }
}
