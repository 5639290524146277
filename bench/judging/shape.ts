// What the files of a synthetic run share: its name, its ids, its clock, the content of its orders.

export const syntheticRunId = '20260101T000000Z-launch-0000';
export const START_MS = 1_767_225_600_000;
/** Four calls and the wait, as in the seed flow. */
export const STEPS_PER_ORDER = 5;
export const READS_PER_ORDER = 1;

const BOOT_ID = '00000000-0000-4000-8000-000000000000';
const GOLDEN_RATIO_32 = 0x9e3779b1;

/** `kind` keeps the ids of customers, carts and orders apart. Looks like a random UUID, and is the same every time. */
export function idOf(order: number, kind: 1 | 2 | 3): string {
  const word = (salt: number): string => {
    let mixed = Math.imul(order ^ Math.imul(salt * 4 + kind, GOLDEN_RATIO_32), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0).toString(16).padStart(8, '0');
  };
  // The last word is the number itself: ids are never the same by chance.
  const [a, b] = [word(1), word(2)];
  const number = order.toString(16).padStart(8, '0');
  return `${a}-${b.slice(0, 4)}-5${b.slice(4, 7)}-8${kind}${b.slice(6)}-${word(3).slice(0, 4)}${number}`;
}

export const customerOf = (order: number): string => idOf(order, 1);
export const cartOf = (order: number): string => idOf(order, 2);
export const platformIdOf = (order: number): string => idOf(order, 3);

/** One line item; quantity in pieces, price in cents. */
export function contentOf(order: number): { readonly sku: string; readonly quantity: number; readonly cents: number } {
  const sku = `SKU-${String((order % 50) + 1).padStart(3, '0')}`;
  return { sku, quantity: (order % 3) + 1, cents: 100 + ((order * 7919) % 19_900) };
}

/** How every line begins. */
export function prefixOf(generator: string): string {
  return `{"v":1,"run":"${syntheticRunId}","generator":"${generator}"`;
}

export function beginLine(generator: string, timeMs: number): string {
  return `${prefixOf(generator)},"type":"begin","timeMs":${ms(timeMs)},"clock":${clockAt(timeMs)},"tool":"synthetic/1"}`;
}

export function endLine(generator: string, timeMs: number, operations: number): string {
  const counts = `{"invoke":${operations},"ok":${operations},"fail":0,"info":0}`;
  return `${prefixOf(generator)},"type":"end","timeMs":${ms(timeMs)},"clock":${clockAt(timeMs)},"counts":${counts},"lostLines":0}`;
}

/** Three decimals, as the writers have it. */
export function ms(timeMs: number): string {
  return timeMs.toFixed(3);
}

function clockAt(timeMs: number): string {
  return `{"wallMs":${ms(timeMs)},"monotonicMs":${ms(timeMs - START_MS)},"bootId":"${BOOT_ID}"}`;
}
