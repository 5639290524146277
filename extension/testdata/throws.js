// Every second iteration throws between begin and completion.

import exec from 'k6/execution';
import { begin } from 'k6/x/ledger';

export const options = {
  scenarios: { orders: { executor: 'per-vu-iterations', exec: 'order', vus: 2, iterations: 10 } },
};

export function order() {
  const operation = begin({ f: 'complete', key: `${exec.vu.idInTest}-${exec.vu.iterationInInstance}` });
  if (exec.vu.iterationInInstance % 2 === 1) throw new Error('planned');
  operation.ok();
}
