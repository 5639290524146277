// The final read of every order that has an id, over HTTP, written down as operations of the suite.

import { FINAL_READ, type FinalReadValue } from '../lib/model/history.ts';
import type { HistoryWriter } from './history-writer.ts';
import { inParallel } from './in-parallel.ts';
import type { KnownOrder } from './known-orders.ts';
import type { OrderReader, OrderReading } from './order-reader.ts';

const READERS = 16;
const ATTEMPTS = 3;

/** Reads every order whose id is known; a read that got no answer is tried again as an operation of its own. */
export async function readFinally(
  orders: readonly KnownOrder[],
  reader: OrderReader,
  history: HistoryWriter,
  signal: AbortSignal,
): Promise<void> {
  const readable = orders.filter((order) => order.orderId !== null);
  await inParallel(readable, READERS, async (order, worker) => {
    for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt++) {
      const reading = await readAndRecord(order, reader, history, { process: `reader${worker}`, signal });
      if (reading.kind !== 'unanswered') return;
    }
  });
}

async function readAndRecord(
  order: KnownOrder,
  reader: OrderReader,
  history: HistoryWriter,
  { process, signal }: { readonly process: string; readonly signal: AbortSignal },
): Promise<OrderReading> {
  const orderId = order.orderId as string;
  const operation = history.begin({ process, f: FINAL_READ, key: order.key, stage: order.stage, value: { orderId } });
  const reading = await reader.read(orderId, signal);
  if (reading.kind === 'unanswered') operation.complete('info', { error: reading.error });
  else operation.complete('ok', { value: readValue(orderId, reading) });
  return reading;
}

function readValue(
  orderId: string,
  reading: Exclude<OrderReading, { kind: 'unanswered' }>,
): { [Field in keyof FinalReadValue]: FinalReadValue[Field] } {
  if (reading.kind === 'absent') return { present: false, orderId, status: null };
  return { present: true, orderId, status: reading.state, ...reading.description };
}
