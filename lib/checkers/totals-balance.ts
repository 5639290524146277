// Whether stock and money balance: what the platform's totals changed by is what the run's orders, effect by effect, make up.

import type { TotalName } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { EffectKind } from '../model/order.ts';
import type { Checker } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { countFates, fatesOf } from './fates.ts';
import { historyFlaws } from './history-flaws.ts';
import { ordersWithEffects } from './orders-with-effects.ts';
import { count } from './wording.ts';

/** Each total: which effect moves it, by how much per order, and in which direction. */
const MOVES: Readonly<Record<TotalName, { effect: EffectKind; of: 'pieces' | 'cents'; sign: 1 | -1 }>> = {
  'stock-on-hand': { effect: 'stock-commitment', of: 'pieces', sign: -1 },
  'stock-committed': { effect: 'stock-commitment', of: 'pieces', sign: 1 },
  'money-captured': { effect: 'payment', of: 'cents', sign: 1 },
};
const NAMES = Object.keys(MOVES) as TotalName[];

/** Compares with the effects as they were counted, also those of orders that failed or are stuck: what was captured for them is in the totals too. */
export const totalsBalance: Checker = (evidence) => {
  const promised = evidence.run.target.capabilities.includes('totals');
  const common = { id: 'totals-balance', kind: 'integrity' as const, promised };
  const obstacle = obstacleIn(evidence, promised);
  if (obstacle !== null) return [{ ...common, ...obstacle }];
  const comparable = comparableTotals(evidence);
  const totals = Object.fromEntries(comparable.map((name) => [name, changesOf(name, evidence)]));
  const wrong = comparable.filter((name) => totals[name]?.expected !== totals[name]?.changed);
  const pick = (names: readonly TotalName[]): string =>
    names.map((name) => `${name} changed by ${count(totals[name]?.changed ?? 0)}`).join(', ');
  if (wrong.length === 0) {
    return [
      {
        ...common,
        status: 'pass',
        message: `${pick(comparable)}, as the effects make up${unpriced(comparable)}`,
        evidence: totals,
      },
    ];
  }
  const message = `totals do not balance: ${wrong.map((name) => `${name} changed by ${count(totals[name]?.changed ?? 0)}, the effects make up ${count(totals[name]?.expected ?? 0)}`).join('; ')}`;
  return [{ ...common, status: 'fail', message, evidence: totals }];
};

/** Why the totals cannot be compared, or `null`. */
function obstacleIn(evidence: Evidence, given: boolean): Pick<Finding, 'status' | 'message'> | null {
  if (!given) return { status: 'not-measured', message: 'totals not measured: the target has no totals query' };
  const { run, platform, history } = evidence;
  const known = ordersWithEffects(evidence);
  const { before, after } = platform?.totals ?? { before: new Map(), after: new Map() };
  if (known === null || NAMES.some((name) => !before.has(name) || !after.has(name))) {
    return { status: 'inconclusive', message: 'totals or effects could not be read before and after the load' };
  }
  if (run.settle?.allFinal !== true) {
    return { status: 'inconclusive', message: notAtRest(evidence) };
  }
  if (historyFlaws(evidence).length > 0) {
    return { status: 'inconclusive', message: 'the history is not whole, so orders may be missing from the sum' };
  }
  const hasEffects = (key: string): boolean => Object.keys(known.get(key)?.effects ?? {}).length > 0;
  const uncertain = Array.from(history.orders.values()).filter(
    (order) => !order.contentCertain && hasEffects(order.key),
  );
  if (uncertain.length === 0) return null;
  return { status: 'inconclusive', message: `the content of ${uncertain.length} orders with effects is uncertain` };
}

/** In plain words: an order that is lost never comes to rest either, so the wait for it was in vain. */
function notAtRest(evidence: Evidence): string {
  const { lost, stuck } = countFates(fatesOf(evidence));
  const states = { lost, 'not final': stuck };
  const parts = Object.entries(states).flatMap(([state, orders]) =>
    orders === 0 ? [] : [`${count(orders)} ${state}`],
  );
  const who =
    parts.length === 0 ? 'not all orders were final in time' : `of the acknowledged orders ${parts.join(', ')}`;
  return `stock and money were not compared: ${who}; such orders may change the totals after they were read`;
}

/** Without money where the platform sets the prices: the suite does not know then what an order costs. */
function comparableTotals({ history }: Evidence): readonly TotalName[] {
  const priced = Array.from(history.orders.values()).every((order) => order.priced);
  return NAMES.filter((name) => priced || MOVES[name].of !== 'cents');
}

function unpriced(comparable: readonly TotalName[]): string {
  return comparable.length === NAMES.length ? '' : '; money not compared: the platform sets the prices';
}

function changesOf(name: TotalName, { history, platform }: Evidence) {
  const { effect, of, sign } = MOVES[name];
  let sum = 0;
  for (const order of history.orders.values()) {
    sum += (platform?.orders?.get(order.key)?.effects[effect] ?? 0) * order[of];
  }
  const changed = (platform?.totals.after.get(name) ?? 0) - (platform?.totals.before.get(name) ?? 0);
  return { changed, expected: sign * sum };
}
