// What k6 is told about the load before there are users.

import type { LoadPlan } from '../config/load-plan.ts';
import { type Flow, mostCalls } from '../flows/flow.ts';
import { plannedLoadMs } from '../model/profile.ts';
import { rampingStages, worstFlowMs } from '../workload/stages.ts';

/** k6's `options` for a scenario whose iterations are orders of this flow; where the profile probes, its function `probe` is called beside them. */
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
    scenarios: { orders, ...probeOf(plan) },
    thresholds,
    ...tlsOptions(plan),
    systemTags: ['status', 'error_code', 'name', 'method'],
  };
}

/** A probe may need its time once, and a call's time once more for what is begun at its end. */
const WORST_PROBE_TIMES = 2;
const SPARE_PROBERS = 10;

/** For the whole planned length. Its users are all made before: none may be missing when the platform hangs. */
function probeOf({ profile }: LoadPlan) {
  if (profile.probe === undefined) return {};
  const { rateHz, timeoutMs } = profile.probe;
  const worstS = (timeoutMs * WORST_PROBE_TIMES) / 1000;
  const probers = Math.ceil(rateHz * worstS) + SPARE_PROBERS;
  const probe = {
    executor: 'constant-arrival-rate',
    exec: 'probe',
    rate: rateHz,
    timeUnit: '1s',
    duration: `${Math.round(plannedLoadMs(profile) / 1000)}s`,
    preAllocatedVUs: probers,
    maxVUs: probers,
    gracefulStop: `${Math.ceil(worstS)}s`,
  };
  return { probe };
}

/** A private certificate authority is no option of k6: SSL_CERT_FILE names it (runner/load-secrets.ts). */
function tlsOptions({ clientCertificate }: LoadPlan) {
  const tlsVersion = { min: 'tls1.2', max: 'tls1.3' };
  if (clientCertificate === undefined) return { tlsVersion };
  const { certFile, keyFile } = clientCertificate;
  return { tlsVersion, tlsAuth: [{ cert: open(certFile), key: open(keyFile) }] };
}
