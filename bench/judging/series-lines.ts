// The lines that come with time and not with orders: observations every two seconds, the timeline's windows every second.

import { DEADLOCKS, QUEUE_DEPTH } from '../../lib/model/evidence.ts';
import { prefixOf, START_MS } from './shape.ts';

const QUEUES = [
  'orders',
  'inventory',
  'payments',
  'fulfillment-requests',
  'orders.dead-letter',
  'payments.dead-letter',
];
const OBSERVED_EVERY_MS = 2_000;
/** Series of one second in a real run: nine metrics of HTTP for each of five steps, and some more. */
const SERIES = 60;
const WINDOW_MS = 1_000;
const HISTOGRAM = 'HISTFAAAAC94AQTAMQEAEBAAwONHo1UX5TT4ChaF5BDBjZUdAQhAgZvbfMBp9QcAAP//YO4FQA==';

export function* observationLines(loadMs: number): Generator<string> {
  for (let atMs = 0; atMs <= loadMs; atMs += OBSERVED_EVERY_MS) {
    const begin = `{"v":1,"timeMs":${START_MS + atMs}`;
    for (const name of QUEUES) yield `${begin},"source":"broker","metric":"${QUEUE_DEPTH}","name":"${name}","value":0}`;
    yield `${begin},"source":"database","metric":"${DEADLOCKS}","name":"orders","value":0}`;
  }
}

export function* timelineLines(loadMs: number): Generator<string> {
  const prefix = prefixOf('g1');
  let lines = 0;
  for (let atMs = 0; atMs < loadMs; atMs += WINDOW_MS) {
    for (let series = 0; series < SERIES; series += 1) {
      lines += 1;
      yield `${prefix},"timeMs":${START_MS + atMs},"windowMs":${WINDOW_MS},"metric":"http_req_duration","kind":"trend","stage":"1000","step":"step-${series}","count":7,"value":41.5,"hist":"${HISTOGRAM}"}`;
    }
  }
  yield `${prefix},"type":"end","lines":${lines},"lostLines":0}`;
}
