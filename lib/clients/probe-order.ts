// One probe: an order without pauses, that must be seen completed within the probe's time. One operation in the history spans it.

import type { FlowStep, OrderDraft } from '../flows/flow.ts';
import { contentIn } from '../flows/line-item.ts';
import { ledger } from '../k6/ledger.ts';
import { AWAIT, type OperationError, SUBMIT } from '../model/history.ts';
import { type BrokenProbe, PROBE, type ProbePlan } from '../model/probe.ts';
import { awaitFinal } from './await-final.ts';
import type { OrderJourney } from './order-journey.ts';
import { perform } from './place-order.ts';

interface Broken extends OperationError {
  readonly value: BrokenProbe;
}

/** Drives one order to its end as fast as the platform lets it; gives the time that it took in ms, or `null` when the probe is broken. */
export function probeOrder(journey: OrderJourney, { timeoutMs }: ProbePlan): number | null {
  const operation = ledger.begin({ f: PROBE, key: journey.key, stage: journey.stage });
  const deadlineMs = operation.startMs + timeoutMs;
  const broken = attempt(journey, operation.startMs, deadlineMs);
  if (broken === null) return operation.ok();
  const { value, ...error } = broken;
  operation.fail(error, value);
  return null;
}

function attempt(journey: OrderJourney, beganMs: number, deadlineMs: number): Broken | null {
  const { flow, plan, session } = journey;
  const order: OrderDraft = { customerId: journey.key, content: contentIn(flow, journey.behaviour.content) };
  const refusal = session.logIn(flow, plan);
  if (refusal !== null) return { ...refusal, value: { step: 'login', sinceMs: beganMs } };
  let submittedMs = 0;
  for (let index = 0; index < flow.steps.length; index += 1) {
    const step = flow.steps[index] as FlowStep;
    const { result, startMs } = perform(journey, step, step.f, order);
    const value = { step: step.f, sinceMs: startMs };
    if (result.outcome !== 'ok') return { code: result.error.code, value };
    if (ledger.nowMs() > deadlineMs) return { code: 'late', value };
    Object.assign(order, result.learned);
    if (step.f === SUBMIT) submittedMs = startMs;
  }
  return awaitCompleted(journey, order, { submittedMs, deadlineMs });
}

function awaitCompleted(
  journey: OrderJourney,
  order: OrderDraft,
  { submittedMs, deadlineMs }: { readonly submittedMs: number; readonly deadlineMs: number },
): Broken | null {
  const sinceMs = ledger.nowMs();
  const value = { step: AWAIT, sinceMs };
  const { plan } = journey;
  const profile = { ...plan.profile, awaitTimeoutMs: deadlineMs - sinceMs };
  const tookMs = awaitFinal({ ...journey, plan: { ...plan, profile } }, order, submittedMs);
  if (tookMs === null) return { code: 'not_completed', value };
  return submittedMs + tookMs > deadlineMs ? { code: 'late', value } : null;
}
