// Orders that end failed (S1-ERRORS-ORDERS): the share of acknowledged orders of a stage that the platform itself reports as failed.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import { judgeRate } from '../stats/rate.ts';
import { boundsOn, type Checker, isPromisedStage, listed, ofBound, stageNames } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { fatesOf, type OrderFate } from './fates.ts';
import { sayRate } from './rate-bound.ts';

export const orderFailures: Checker = (evidence, bounds) => {
  const acknowledged = fatesOf(evidence).filter(({ order }) => order.submission === 'acknowledged');
  const byStage = Map.groupBy(acknowledged, ({ order }) => order.stage);
  return stageNames(evidence).flatMap((stage) =>
    boundsOn('order_failed', bounds, evidence.run).map((bound) =>
      judgeStage(evidence, bound, stage, byStage.get(stage) ?? []),
    ),
  );
};

/** Orders of which it is unknown how they ended may have failed: they count against a pass, not for a fail. */
function judgeStage({ run }: Evidence, bound: Bound, stage: string, orders: readonly OrderFate[]): Finding {
  const failed = orders.filter(({ fate }) => fate === 'failed');
  const stillOpen = run.interruption === null ? 'unread' : 'stuck';
  const unknown = orders.filter(({ fate }) => fate === 'unread' || fate === stillOpen).length;
  const failures = { low: failed.length, high: failed.length + unknown, of: orders.length };
  const status = judgeRate(failures, bound);
  return {
    ...ofBound(bound),
    kind: 'bound',
    status,
    promised: isPromisedStage(run, stage),
    stage,
    message: sayRate(bound, failures, status, { noun: 'acknowledged order', verb: 'ended failed' }),
    samples: orders.length,
    ...(orders.length === 0 ? {} : { observed: failed.length / orders.length }),
    evidence: {
      states: Object.fromEntries(
        [...Map.groupBy(failed, ({ sight }) => sight.states.at(-1) ?? 'unknown')].map(([state, all]) => [
          state,
          all.length,
        ]),
      ),
      failed: listed(failed.map(({ order }) => ({ key: order.key, orderId: order.orderId }))),
    },
  };
}
