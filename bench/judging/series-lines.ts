// The lines that come with time and not with orders: observations every two seconds, the timeline's windows every second.

import { DEAD_LETTERS, DEADLOCKS, QUEUE_DEPTH } from '../../lib/model/evidence.ts';
import { GENERATOR_LAG, THINK_TIME_OVERSHOOT } from '../../lib/model/timeline.ts';
import { prefixOf, START_MS } from './shape.ts';

const QUEUES = ['orders', 'inventory', 'payments', 'fulfillment-requests'];
const DEAD_LETTER_QUEUES = ['orders.dead-letter', 'payments.dead-letter'];
const OBSERVED_EVERY_MS = 2_000;
const OBSERVED_AFTER_MS = 14_000;
/** Series of one second in a real run: nine metrics of HTTP for each of five steps, and some more. */
const SERIES = 60;
const WINDOW_MS = 1_000;
const HISTOGRAM = 'HISTFAAAAC94AQTAMQEAEBAAwONHo1UX5TT4ChaF5BDBjZUdAQhAgZvbfMBp9QcAAP//YO4FQA==';

export function* observationLines(loadMs: number): Generator<string> {
  // From before the load until after it.
  for (let atMs = -OBSERVED_EVERY_MS; atMs < loadMs + OBSERVED_AFTER_MS; atMs += OBSERVED_EVERY_MS) {
    const begin = `{"v":1,"timeMs":${START_MS + atMs}`;
    const depth = (metric: string, name: string) =>
      `${begin},"source":"broker","metric":"${metric}","name":"${name}","value":0}`;
    for (const name of QUEUES) yield depth(QUEUE_DEPTH, name);
    for (const name of DEAD_LETTER_QUEUES) yield depth(DEAD_LETTERS, name);
    yield `${begin},"source":"database","metric":"${DEADLOCKS}","name":"orders","value":0}`;
  }
}

export function* timelineLines(loadMs: number): Generator<string> {
  const prefix = prefixOf('g1');
  let lines = 0;
  for (let atMs = 0; atMs < loadMs; atMs += WINDOW_MS) {
    const trend = (metric: string, place: string) =>
      `${prefix},"timeMs":${START_MS + atMs},"windowMs":${WINDOW_MS},"metric":"${metric}","kind":"trend"${place},"count":7,"value":41.5,"hist":"${HISTOGRAM}"}`;
    yield trend(GENERATOR_LAG, '');
    yield trend(THINK_TIME_OVERSHOOT, ',"stage":"1000"');
    for (let series = 2; series < SERIES; series += 1) {
      yield trend('http_req_duration', `,"stage":"1000","step":"step-${series}"`);
    }
    lines += SERIES;
  }
  yield `${prefix},"type":"end","lines":${lines},"lostLines":0}`;
}
