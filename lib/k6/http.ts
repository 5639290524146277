// k6's HTTP client as it comes, for scripts that are compared with the suite's own; these send with lib/k6/shopper.ts.

export { default as http } from 'k6/http';
