// The order ramp: concurrent orders rise level by level; each virtual user keeps one order in flight. Run by `stampede gate`.

import { loadOptions } from '../lib/clients/load-options.ts';
import { placeOrder } from '../lib/clients/place-order.ts';
import { Session } from '../lib/clients/session.ts';
import { type LoadPlan, PLAN_VARIABLE } from '../lib/config/load-plan.ts';
import { type LoadSecrets, SECRETS_VARIABLE } from '../lib/config/load-secrets.ts';
import { FLOWS } from '../lib/flows/index.ts';
import { ledger } from '../lib/k6/ledger.ts';
import { Rate, Trend } from '../lib/k6/metrics.ts';
import { shopper } from '../lib/k6/shopper.ts';
import { SUITE_DEFECT } from '../lib/model/history.ts';
import { orderKey, planOrder } from '../lib/workload/order-plan.ts';
import { stageAt } from '../lib/workload/stages.ts';

export const plan = JSON.parse(open(__ENV[PLAN_VARIABLE] ?? 'load-plan.json')) as LoadPlan;
export const secrets = JSON.parse(__ENV[SECRETS_VARIABLE] ?? '{"headers":{},"secrets":[]}') as LoadSecrets;
export const flow = FLOWS[plan.flow]();
/** k6 runs this file once per virtual user, so each has its own. */
const session = new Session(secrets, plan.profile.httpTimeoutMs);

export const DEFECT_PAUSE_S = 1;

const completionTime = new Trend('order_completion_time', true);
const flowTime = new Trend('order_flow_time', true);
const orderFailed = new Rate('order_failed');

/** k6 reads them once, before there are users; a copy in each of these would be kept to the end. */
export const options = __VU === 0 ? loadOptions(plan, flow) : undefined;

/** One iteration is one order. What goes wrong in the suite itself is written down, so that no verdict can overlook it. */
export default function orderRamp(): void {
  const orderNumber = shopper.orderNumber();
  const stage = stageAt(plan.profile, shopper.elapsedMs()).name;
  shopper.tagStage(stage);
  const key = orderKey(plan.run, plan.generator, orderNumber, shopper.hexSha1);
  try {
    const behaviour = planOrder(plan.seed, orderNumber, plan.profile);
    const placed = placeOrder({ flow, plan, behaviour, session, key, stage });
    orderFailed.add(placed.completionMs === null);
    if (placed.completionMs !== null) completionTime.add(placed.completionMs);
    if (placed.flowMs !== null) flowTime.add(placed.flowMs);
  } catch (cause) {
    const message = session.redactor.redact(String(cause));
    ledger.begin({ f: SUITE_DEFECT, key, stage }).info({ code: 'exception', message });
    // k6 begins the next iteration at once: without a pause, a defect in each would eat the machine.
    shopper.sleep(DEFECT_PAUSE_S);
    throw cause;
  }
}
