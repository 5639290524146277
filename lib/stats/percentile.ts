// Percentiles by nearest rank: always a value that was seen, so that samples without an end (infinite ones) stay visible.

/**
 * The smallest value that at least `percentile` per cent of the samples do not exceed.
 * `ascending` is sorted; `null` when it is empty, or when the value is infinite: the percentile falls among samples without an end.
 */
export function percentileOf(ascending: Float64Array, percentile: number): number | null {
  const rank = Math.max(1, Math.ceil((percentile * ascending.length) / 100));
  const value = ascending[rank - 1];
  return value === undefined || !Number.isFinite(value) ? null : value;
}
