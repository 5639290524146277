// How much load each stage really was: users in flow and orders on their way at once, and which orders began at the stage's full level.

import { PROBE_STAGE } from '../model/probe.ts';
import type { Evidence, OrderRecord } from './evidence.ts';
import { oncePerEvidence } from './once.ts';

/** From this share of its level on, a stage is at its level. */
const AT_LEVEL = 0.9;

export interface StageLoad {
  /** The most shoppers that were between their first call and the end of their order at once. */
  readonly usersInFlow: number;
  /** The most orders that were submitted and not yet seen final at once. */
  readonly submittedNotFinal: number;
  /** From the first call of its orders to the last line about one, epoch milliseconds. */
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface Loads {
  readonly stages: ReadonlyMap<string, StageLoad>;
  /** By the order's place in the history: 1 when it began while nine tenths of its stage's level were in flow. */
  readonly atLevel: Uint8Array;
}

type GrowingLoad = { -readonly [Field in keyof StageLoad]: StageLoad[Field] };

/** The load as the history tells it, order by order. */
export const loadsOf = oncePerEvidence((evidence: Evidence): Loads => {
  const orders = Array.from(evidence.history.orders.values());
  const levels = new Map(evidence.run.profile.stages.map(({ name, users }) => [name, users]));
  const stages = new Map<string, GrowingLoad>();
  const atLevel = new Uint8Array(orders.length);
  for (const { order, index, open } of startsOf(orders, { startOf: ({ beganMs }) => beganMs, endOf: flowEndOf })) {
    const load = loadAt(stages, order);
    load.usersInFlow = Math.max(load.usersInFlow, open);
    load.lastMs = Math.max(load.lastMs, order.lastMs);
    const level = levels.get(order.stage) ?? 0;
    if (level > 0 && open >= level * AT_LEVEL) atLevel[index] = 1;
  }
  for (const { order, open } of startsOf(orders, { startOf: ({ submittedMs }) => submittedMs, endOf: orderEndOf })) {
    const load = loadAt(stages, order);
    load.submittedNotFinal = Math.max(load.submittedNotFinal, open);
  }
  return { stages, atLevel };
});

function loadAt(stages: Map<string, GrowingLoad>, { stage, beganMs }: OrderRecord): GrowingLoad {
  const known = stages.get(stage) ?? { usersInFlow: 0, submittedNotFinal: 0, firstMs: beganMs, lastMs: beganMs };
  stages.set(stage, known);
  return known;
}

/** An operation without its end: its shopper is still in flow when the record ends. */
function flowEndOf(order: OrderRecord): number {
  return order.lastOutcome === 'open' ? Number.POSITIVE_INFINITY : order.lastMs;
}

/** Refused is final; an order that nobody saw final stays on its way. */
function orderEndOf(order: OrderRecord): number {
  if (order.submission === 'refused') return order.lastMs;
  return order.firstFinalReadMs ?? Number.POSITIVE_INFINITY;
}

interface Span {
  readonly startOf: (order: OrderRecord) => number | null;
  readonly endOf: (order: OrderRecord) => number;
}

/** Each order of the load that starts, in the order of time, with its place in the history and how many have started and not ended then. */
function* startsOf(
  orders: readonly OrderRecord[],
  { startOf, endOf }: Span,
): Generator<{ readonly order: OrderRecord; readonly index: number; readonly open: number }> {
  // Numbers alone: an object for each of a million orders would take more memory than all else here.
  const starts = Float64Array.from(orders, (order) =>
    order.stage === PROBE_STAGE ? Number.NaN : (startOf(order) ?? Number.NaN),
  );
  const started = Uint32Array.from(orders.keys()).filter((index) => !Number.isNaN(starts[index]));
  started.sort((one, other) => (starts[one] ?? 0) - (starts[other] ?? 0));
  const ends = Float64Array.from(started, (index) => endOf(orders[index] as OrderRecord)).sort();
  let ended = 0;
  for (const [before, index] of started.entries()) {
    while ((ends[ended] ?? Number.POSITIVE_INFINITY) <= (starts[index] ?? 0)) ended += 1;
    yield { order: orders[index] as OrderRecord, index, open: before + 1 - ended };
  }
}
