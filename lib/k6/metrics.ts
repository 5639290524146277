// How a virtual user measures.

export { Rate, Trend } from 'k6/metrics';
