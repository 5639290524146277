// Operations of every outcome, with tags, at full speed.

import exec from 'k6/execution';
import ledger, { begin } from 'k6/x/ledger';

export const options = {
  scenarios: { orders: { executor: 'per-vu-iterations', exec: 'order', vus: 5, iterations: 20 } },
};

export function order() {
  exec.vu.metrics.tags.stage = 'hold';
  exec.vu.metrics.tags.step = 'complete';
  const key = `${exec.vu.idInTest}-${exec.vu.iterationInInstance}`;
  const first = begin({ f: 'complete', key, stage: 'hold', value: { text: 'two\nlines' } });
  const second = ledger.begin({ f: 'await', key });
  if (exec.vu.iterationInInstance % 2 === 0) first.ok({ orderId: key });
  else first.fail({ code: 'http_400', message: '"bad"' });
  second.info({ code: 'timeout' }, null);
}
