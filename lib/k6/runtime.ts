// How a virtual user waits, checks and measures.

export { check, sleep } from 'k6';
export { Rate, Trend } from 'k6/metrics';
