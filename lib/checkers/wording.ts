// How figures are written in messages and reports.

const grouped = new Intl.NumberFormat('en-US');

/** `1,234`. */
export function count(value: number): string {
  return grouped.format(value);
}

/** `1 order`, `1,234 orders`. */
export function some(value: number, noun: string, nouns = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : nouns}`;
}

/** `0.4 ms`, `87 ms`, `1.25 s`, `75 s`. */
export function duration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  return `${seconds < 60 ? Number(seconds.toFixed(2)) : Math.round(seconds)} s`;
}

/** `0.25 %`, `12 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

/** A value with the unit of its bound. */
export function quantity(value: number, unit: string): string {
  if (unit === 'ms') return duration(value);
  if (unit === 'ratio') return percent(value);
  return `${count(value)} ${unit}`;
}
