// How much load each stage really was: users in flow and orders on their way at once, and which orders began at the stage's full level.

import type { Evidence, OrderRecord } from './evidence.ts';
import { oncePerEvidence } from './once.ts';

/** From this share of its level on, a stage is at its level. */
const AT_LEVEL = 0.9;

export interface StageLoad {
  /** The most shoppers that were between their first call and the end of their order at once. */
  readonly usersInFlow: number;
  /** The most orders that were submitted and not yet seen final at once. */
  readonly submittedNotFinal: number;
  /** First and last beginning of an order, epoch milliseconds. */
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface Loads {
  readonly stages: ReadonlyMap<string, StageLoad>;
  /** By the order's place in the history: 1 when it began while nine tenths of its stage's level were in flow. */
  readonly atLevel: Uint8Array;
}

/** The load as the history tells it, order by order. */
export const loadsOf = oncePerEvidence((evidence: Evidence): Loads => {
  const orders = Array.from(evidence.history.orders.values());
  const levels = new Map(evidence.run.profile.stages.map(({ name, users }) => [name, users]));
  const stages = new Map<string, { -readonly [Field in keyof StageLoad]: StageLoad[Field] }>();
  const atLevel = new Uint8Array(orders.length);
  eachStart(
    orders,
    ({ beganMs }) => beganMs,
    flowEndOf,
    (order, index, inFlow) => {
      const load = stages.get(order.stage);
      if (load === undefined) {
        stages.set(order.stage, {
          usersInFlow: inFlow,
          submittedNotFinal: 0,
          firstMs: order.beganMs,
          lastMs: order.beganMs,
        });
      } else {
        load.usersInFlow = Math.max(load.usersInFlow, inFlow);
        load.lastMs = order.beganMs;
      }
      const level = levels.get(order.stage) ?? 0;
      if (level > 0 && inFlow >= level * AT_LEVEL) atLevel[index] = 1;
    },
  );
  eachStart(
    orders,
    ({ submittedMs }) => submittedMs,
    orderEndOf,
    (order, _, unfinished) => {
      const load = stages.get(order.stage);
      if (load !== undefined) load.submittedNotFinal = Math.max(load.submittedNotFinal, unfinished);
    },
  );
  return { stages, atLevel };
});

/** An operation without its end: its shopper is still in flow when the record ends. */
function flowEndOf(order: OrderRecord): number {
  return order.lastOutcome === 'open' ? Number.POSITIVE_INFINITY : order.lastMs;
}

/** Refused is final; an order that nobody saw final stays on its way. */
function orderEndOf(order: OrderRecord): number {
  if (order.submission === 'refused') return order.lastMs;
  return order.firstFinalReadMs ?? Number.POSITIVE_INFINITY;
}

/** Calls `see` at each start, in the order of time, with the number of orders that have started and not ended then. */
function eachStart(
  orders: readonly OrderRecord[],
  startOf: (order: OrderRecord) => number | null,
  endOf: (order: OrderRecord) => number,
  see: (order: OrderRecord, index: number, open: number) => void,
): void {
  const started = orders.flatMap((order, index) => (startOf(order) === null ? [] : [{ order, index }]));
  started.sort((one, other) => (startOf(one.order) as number) - (startOf(other.order) as number));
  const ends = Float64Array.from(started, ({ order }) => endOf(order)).sort();
  let ended = 0;
  for (const [before, { order, index }] of started.entries()) {
    while ((ends[ended] ?? Number.POSITIVE_INFINITY) <= (startOf(order) as number)) ended += 1;
    see(order, index, before + 1 - ended);
  }
}
