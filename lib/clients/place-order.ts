// One shopper, one order: every step of the flow as an operation in the history, with the shopper's pauses between, until the order is final.

import type { FlowStep, OrderDraft } from '../flows/flow.ts';
import { contentIn } from '../flows/line-item.ts';
import { ledger } from '../k6/ledger.ts';
import { shopper } from '../k6/shopper.ts';
import { ADD_ITEMS, type OperationError, RESUBMIT, SUBMIT } from '../model/history.ts';
import { pauseMs } from '../workload/order-plan.ts';
import { awaitFinal } from './await-final.ts';
import type { OrderJourney } from './order-journey.ts';
import { outcomeOf, type StepResult } from './outcome.ts';

/** Pause after an order that was not placed, in ms at least: a platform that refuses everything is not to be flooded. */
const REFUSED_PAUSE_MS = 1_000;

/** How an order ended as its shopper saw it; times in ms. */
export interface PlacedOrder {
  /** From the submitting call until the first read that saw it completed; `null` when that was not seen. */
  readonly completionMs: number | null;
  /** All steps plus the completion, without the shopper's pauses. */
  readonly flowMs: number | null;
}

const NOT_PLACED: PlacedOrder = { completionMs: null, flowMs: null };

/** Drives one order from its first call to its final state. Ends early at the first step that does not succeed. */
export function placeOrder(journey: OrderJourney): PlacedOrder {
  const order: OrderDraft = { customerId: journey.key, content: contentIn(journey.flow, journey.behaviour.content) };
  const refusal = journey.session.logIn(journey.flow, journey.plan);
  if (refusal !== null) return notBegun(journey, refusal);
  let stepsMs = 0;
  let submittedMs = 0;
  const { steps } = journey.flow;
  for (let index = 0; index < steps.length; index += 1) {
    if (index > 0) shopper.rest(pauseMs(journey.behaviour));
    const step = steps[index] as FlowStep;
    const done = perform(journey, step, step.f, order);
    if (done.result.outcome !== 'ok') return notPlaced(journey);
    Object.assign(order, done.result.learned);
    if (step.f === SUBMIT) submittedMs = done.startMs;
    else stepsMs += done.durationMs;
  }
  if (journey.behaviour.resubmit) submitAgain(journey, order);
  const completionMs = awaitFinal(journey, order, submittedMs);
  return { completionMs, flowMs: completionMs === null ? null : stepsMs + completionMs };
}

function notPlaced({ behaviour }: OrderJourney): PlacedOrder {
  shopper.rest(Math.max(pauseMs(behaviour), REFUSED_PAUSE_MS));
  return NOT_PLACED;
}

/** Nothing of the order was sent, since its user could not log in: that is what became of its first step. */
function notBegun(journey: OrderJourney, refusal: OperationError): PlacedOrder {
  const [first] = journey.flow.steps;
  if (first !== undefined) ledger.begin({ f: first.f, key: journey.key, stage: journey.stage }).fail(refusal);
  return notPlaced(journey);
}

export interface Performed {
  readonly result: StepResult;
  readonly startMs: number;
  readonly durationMs: number;
}

/** 409 to a second submit: the platform has the order already, as it should. */
const ALREADY_PLACED: StepResult = { outcome: 'ok', learned: {} };

/** One step as an operation of the history. */
export function perform(journey: OrderJourney, step: FlowStep, f: string, order: OrderDraft): Performed {
  const call = step.call(journey.plan.baseUrls, order);
  const value = f === ADD_ITEMS ? order.content : undefined;
  const operation = ledger.begin({ f, key: journey.key, stage: journey.stage, value });
  const { session } = journey;
  const answer = session.send(f, call);
  const result = f === RESUBMIT && answer.status === 409 ? ALREADY_PLACED : outcomeOf(answer, step, session);
  const durationMs =
    result.outcome === 'ok'
      ? operation.ok(session.withoutSecrets(result.learned))
      : operation[result.outcome](result.error);
  return { result, startMs: operation.startMs, durationMs };
}

/** A second submit of the same order: the platform must answer with the same order, or 409, and do nothing twice. */
function submitAgain(journey: OrderJourney, order: OrderDraft): void {
  const submit = journey.flow.steps.find((step) => step.f === SUBMIT);
  if (submit !== undefined) perform(journey, submit, RESUBMIT, order);
}
