// What k6 tells a virtual user about the run, and how it waits.

export { check, sleep } from 'k6';
export { default as execution } from 'k6/execution';
export { Rate, Trend } from 'k6/metrics';
