// The lines of final-reads.ndjson: every order is read once, by sixteen readers in turn.

import { beginLine, contentOf, customerOf, endLine, ms, platformIdOf, prefixOf } from './shape.ts';

const READERS = 16;
const READ_MS = 4;

export function* finalReadLines(orders: number, startMs: number): Generator<string> {
  const prefix = prefixOf('suite');
  yield beginLine('suite', startMs);
  for (let first = 0; first < orders; first += READERS) {
    const beganMs = startMs + (first / READERS) * READ_MS;
    const together = Array.from({ length: Math.min(READERS, orders - first) }, (_, reader) => first + reader);
    for (const order of together) {
      const value = `{"orderId":"${platformIdOf(order)}"}`;
      yield `${prefix},${head(order)},"value":${value},"type":"invoke","seq":${order + 1},"timeMs":${ms(beganMs)}}`;
    }
    for (const order of together) {
      const value = `{"present":true,"orderId":"${platformIdOf(order)}","status":"Fulfilling","customerId":"${customerOf(order)}","items":"${itemsOf(order)}"}`;
      yield `${prefix},${head(order)},"type":"ok","seq":${order + 1},"timeMs":${ms(beganMs + READ_MS)},"value":${value},"durationMs":${READ_MS}}`;
    }
  }
  yield endLine('suite', startMs + Math.ceil(orders / READERS) * READ_MS, orders);
}

function itemsOf(order: number): string {
  const { sku, quantity } = contentOf(order);
  return `${sku}x${quantity}`;
}

function head(order: number): string {
  return `"process":"reader${order % READERS}","f":"final-read","key":"${customerOf(order)}","stage":"1000"`;
}
