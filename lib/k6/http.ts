// k6's HTTP client, as the suite uses it.

export type { RefinedParams, RefinedResponse } from 'k6/http';
export { default as http } from 'k6/http';
