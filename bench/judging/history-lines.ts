// The lines of history.ndjson: a thousand shoppers, each with one order in flight, so that operations overlap as they do in a real run.

import {
  beginLine,
  cartOf,
  contentOf,
  customerOf,
  endLine,
  ms,
  platformIdOf,
  prefixOf,
  START_MS,
  STEPS_PER_ORDER,
} from './shape.ts';

const USERS = 1000;
const CALLS = ['init-cart', 'add-items', 'checkout', 'complete'] as const;
/** A call begins every so often: 400 operations a second in all. */
const TICK_MS = 3.125;
/** How many ticks an answer takes, and an order until it is final. */
const ANSWER_TICKS = 12;
const FINAL_TICKS = 96;
const SLOTS = 128;
/** Which part of the orders begins in each stage of the profile `launch`. */
export const STAGE_SHARES: Readonly<Record<string, number>> = { '100': 0.1, '500': 0.3, '1000': 0.55, down: 0.05 };

const STAGE_ENTRIES = Object.entries(STAGE_SHARES);

/** How long the load of so many orders takes. */
export function loadMs(orders: number): number {
  return (lastTick(orders) + SLOTS) * TICK_MS;
}

export function* historyLines(orders: number): Generator<string> {
  const load = new SyntheticLoad(orders);
  yield beginLine('g1', START_MS);
  for (let tick = 0; tick <= lastTick(orders) + SLOTS; tick += 1) yield* load.tick(tick);
  yield endLine('g1', START_MS + loadMs(orders), orders * STEPS_PER_ORDER);
}

function lastTick(orders: number): number {
  return Math.ceil(orders / USERS) * CALLS.length * USERS;
}

interface Open {
  readonly order: number;
  readonly f: string;
  readonly seq: number;
  readonly beganMs: number;
}

class SyntheticLoad {
  readonly #orders: number;
  readonly #prefix = prefixOf('g1');
  /** What ends at each of the next ticks. */
  readonly #ending: Open[][] = Array.from({ length: SLOTS }, () => []);
  #seq = 0;

  constructor(orders: number) {
    this.#orders = orders;
  }

  *tick(tick: number): Generator<string> {
    const nowMs = START_MS + tick * TICK_MS;
    for (const open of this.#ending[tick % SLOTS]?.splice(0) ?? []) {
      yield this.#completion(open, nowMs);
      if (open.f === 'complete') yield this.#invoke(open.order, 'await', tick, FINAL_TICKS);
    }
    const turn = Math.floor(tick / USERS);
    const order = Math.floor(turn / CALLS.length) * USERS + (tick % USERS);
    const f = CALLS[turn % CALLS.length];
    if (order < this.#orders && f !== undefined) yield this.#invoke(order, f, tick, ANSWER_TICKS);
  }

  #invoke(order: number, f: string, tick: number, ticks: number): string {
    this.#seq += 1;
    const beganMs = START_MS + tick * TICK_MS;
    this.#ending[(tick + ticks) % SLOTS]?.push({ order, f, seq: this.#seq, beganMs });
    return `${this.#head('invoke', order, f, this.#seq)}${asked(order, f)},"timeMs":${ms(beganMs)}}`;
  }

  #completion({ order, f, seq, beganMs }: Open, nowMs: number): string {
    const value = answered(order, f, nowMs);
    return `${this.#head('ok', order, f, seq)},"value":${value},"timeMs":${ms(nowMs)},"durationMs":${ms(nowMs - beganMs)}}`;
  }

  #head(type: string, order: number, f: string, seq: number): string {
    const stage = stageOf(order / this.#orders);
    const process = `vu${(order % USERS) + 1}`;
    return `${this.#prefix},"type":"${type}","process":"${process}","seq":${seq},"f":"${f}","key":"${customerOf(order)}","stage":"${stage}"`;
  }
}

function asked(order: number, f: string): string {
  if (f !== 'add-items') return '';
  const { sku, quantity, cents } = contentOf(order);
  return `,"value":{"lineItems":[{"sku":"${sku}","quantity":${quantity},"unitPriceCents":${cents}}]}`;
}

function answered(order: number, f: string, nowMs: number): string {
  if (f === 'init-cart') return `{"cartId":"${cartOf(order)}"}`;
  if (f === 'add-items') return '{}';
  if (f !== 'await') return `{"orderId":"${platformIdOf(order)}"}`;
  return `{"status":"Fulfilling","lastOpenReadMs":null,"firstFinalReadMs":${ms(nowMs - 0.1)},"reads":1,"failedReads":0}`;
}

/** `part` of all orders, 0 to below 1, began before this one. */
function stageOf(part: number): string {
  let until = 0;
  for (const [name, share] of STAGE_ENTRIES) {
    until += share;
    if (part < until) return name;
  }
  return 'down';
}
