// The final read of every order that has an id, over HTTP, written down as operations of the suite.

import { setTimeout as pause } from 'node:timers/promises';
import { FINAL_READ, type FinalReadValue } from '../lib/model/history.ts';
import { isFinal } from '../lib/model/order.ts';
import type { HistoryWriter } from './history-writer.ts';
import { inParallel } from './in-parallel.ts';
import type { KnownOrder } from './known-orders.ts';
import type { OrderReader, OrderReading } from './order-reader.ts';

const READERS = 16;
const ATTEMPTS = 3;
/** A platform may tell its clients of an order later than it stores it: so often, so long apart, an order that is still open is read again. */
const READS_OF_OPEN = 10;
const OPEN_PAUSE_MS = 500;

/**
 * Reads every order whose id is known. A read that got no answer, and one that found the order open, is made again as an operation of its
 * own; the last answer counts.
 */
export async function readFinally(
  orders: readonly KnownOrder[],
  reader: OrderReader,
  history: HistoryWriter,
  signal: AbortSignal,
): Promise<void> {
  let open = orders.filter((order) => order.orderId !== null);
  for (let round = 0; round < READS_OF_OPEN && open.length > 0 && !signal.aborted; round++) {
    if (round > 0) await pause(OPEN_PAUSE_MS, undefined, { signal }).catch(() => undefined);
    open = await readAll(open, reader, history, signal);
  }
}

/** One round; gives the orders that were found open. */
async function readAll(
  orders: readonly KnownOrder[],
  reader: OrderReader,
  history: HistoryWriter,
  signal: AbortSignal,
): Promise<KnownOrder[]> {
  const open: KnownOrder[] = [];
  await inParallel(orders, READERS, async (order, worker) => {
    const read = () => readAndRecord(order, reader, history, { process: `reader${worker}`, signal });
    let reading = await read();
    for (let attempt = 1; attempt < ATTEMPTS && reading.kind === 'unanswered' && !signal.aborted; attempt++) {
      reading = await read();
    }
    if (isOpen(reading)) open.push(order);
  });
  return open;
}

function isOpen(reading: OrderReading): boolean {
  return reading.kind === 'present' && !isFinal(reading.state);
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
