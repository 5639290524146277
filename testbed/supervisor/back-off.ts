// How long a process that has died waits for its restart: at once the first time, then longer and longer, as a kubelet does it.

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;
/** A process that ran this long had come up: its next death counts as the first again. */
const STEADY_AFTER_MS = 60_000;

/** Delay before the next start, given how often the process has died in a row (1 or more). */
export function restartDelayMs(deathsInARow: number): number {
  if (deathsInARow <= 1) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (deathsInARow - 2), LONGEST_DELAY_MS);
}

/** How often the process has died in a row, after a death that followed `ranMs` milliseconds of running. */
export function deathsInARowAfter(before: number, ranMs: number): number {
  return ranMs >= STEADY_AFTER_MS ? 1 : before + 1;
}
