// What k6 is told about the load before there are users.

import type { LoadPlan } from '../config/load-plan.ts';
import { type Flow, mostCalls } from '../flows/flow.ts';
import { rampingStages, worstFlowMs } from '../workload/stages.ts';

/** k6's `options` for a scenario whose iterations are orders of this flow. */
export function loadOptions(plan: LoadPlan, flow: Flow) {
  const { profile, thresholds } = plan;
  const graceful = `${Math.ceil(worstFlowMs(profile, mostCalls(flow)) / 1000)}s`;
  const orders = {
    executor: 'ramping-vus',
    startVUs: 0,
    stages: rampingStages(profile),
    gracefulRampDown: graceful,
    gracefulStop: graceful,
  };
  return {
    scenarios: { orders },
    thresholds,
    ...tlsOptions(plan),
    systemTags: ['status', 'error_code', 'name', 'method'],
  };
}

/** A private certificate authority is no option of k6: SSL_CERT_FILE names it (runner/load-secrets.ts). */
function tlsOptions({ clientCertificate }: LoadPlan) {
  const tlsVersion = { min: 'tls1.2', max: 'tls1.3' };
  if (clientCertificate === undefined) return { tlsVersion };
  const { certFile, keyFile } = clientCertificate;
  return { tlsVersion, tlsAuth: [{ cert: open(certFile), key: open(keyFile) }] };
}
