// How a virtual user waits and checks with plain k6, for scripts that are compared with the suite's own; these wait with lib/k6/shopper.ts.

export { check, sleep } from 'k6';
