// Begins an operation, tells a witness, completes it; until somebody ends the run.

import exec from 'k6/execution';
import http from 'k6/http';
import { begin } from 'k6/x/ledger';

export const options = {
  scenarios: { orders: { executor: 'constant-vus', exec: 'order', vus: 10, duration: '10m' } },
};

export function order() {
  const key = `${exec.vu.idInTest}-${exec.vu.iterationInInstance}`;
  const operation = begin({ f: 'complete', key });
  http.get(`${__ENV.WITNESS}/${key}`);
  operation.ok();
}
