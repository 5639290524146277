// Waiting for an order to become final: polls its state about every 250 ms with jitter, backs off when it takes long; one operation in the history.

import type { Flow, OrderDraft } from '../flows/flow.ts';
import { ledger, type Operation } from '../k6/ledger.ts';
import { shopper } from '../k6/shopper.ts';
import { AWAIT, type AwaitValue, type Json } from '../model/history.ts';
import { isFinal, progressOf } from '../model/order.ts';
import { LONGEST_POLL_PAUSE_MS } from '../workload/stages.ts';
import type { OrderJourney } from './order-journey.ts';
import { parseBody } from './outcome.ts';

const FIRST_INTERVAL_MS = 250;
/** With the jitter on top, the longest pause (lib/workload/stages.ts). */
const LONGEST_INTERVAL_MS = LONGEST_POLL_PAUSE_MS / 1.3;
/** Polls at the first interval before each further one waits half as long again. */
const PATIENT_POLLS = 12;

/** Pause before poll number `poll` (0, 1, …), spread ± 30 % by `jitter` in [0, 1). */
export function pollPauseMs(poll: number, jitter: number): number {
  const growth = 1.5 ** Math.max(0, poll - PATIENT_POLLS + 1);
  const intervalMs = Math.min(FIRST_INTERVAL_MS * growth, LONGEST_INTERVAL_MS);
  return intervalMs * (0.7 + 0.6 * jitter);
}

type Seen = { -readonly [Field in keyof AwaitValue]: AwaitValue[Field] };

/** Polls until the order is final or the profile's limit has passed; gives the time from `submittedMs` to the first read that saw it completed, or `null`. */
export function awaitFinal(journey: OrderJourney, order: OrderDraft, submittedMs: number): number | null {
  const { flow, key, stage, plan, session } = journey;
  const operation = ledger.begin({ f: AWAIT, key, stage });
  const seen: Seen = { status: null, lastOpenReadMs: null, firstFinalReadMs: null, reads: 0, failedReads: 0 };
  const deadlineMs = operation.startMs + plan.profile.awaitTimeoutMs;
  while (seen.firstFinalReadMs === null && ledger.nowMs() < deadlineMs) {
    shopper.sleep(pollPauseMs(seen.reads, journey.behaviour.draw()) / 1000);
    readOnce(flow, journey, order, seen);
  }
  return finish(operation, session.withoutSecrets(seen as AwaitValue & Json), submittedMs);
}

function readOnce(flow: Flow, journey: OrderJourney, order: OrderDraft, seen: Seen): void {
  const call = flow.read(journey.plan.baseUrls, order.orderId ?? '');
  const answer = journey.session.send('poll', call);
  const readMs = ledger.nowMs();
  const body = answer.status === 200 ? parseBody(answer.body) : undefined;
  const state = body === undefined ? null : flow.stateOf(body);
  seen.reads += 1;
  if (state === null) {
    seen.failedReads += 1;
    return;
  }
  seen.status = state;
  if (isFinal(state)) seen.firstFinalReadMs = readMs;
  else seen.lastOpenReadMs = readMs;
}

function finish(operation: Operation, seen: AwaitValue & Json, submittedMs: number): number | null {
  if (seen.firstFinalReadMs === null) {
    const message = `state ${seen.status ?? 'unknown'} after ${seen.reads} reads`;
    operation.info({ code: 'not_final', message }, seen);
    return null;
  }
  operation.ok(seen);
  return progressOf(seen.status ?? '') === 'completed' ? seen.firstFinalReadMs - submittedMs : null;
}
