// Counts windows of the load that follow each other without a hole: of a second of which nothing is told nobody knows what it was like.

const WINDOW_MS = 1000;

export class InARow {
  #endMs: number | null = null;
  #windows = 0;

  /** Takes the next window; gives for how many in a row, up to this one, it held. */
  take(endMs: number, holds: boolean): number {
    const isNext = this.#endMs !== null && endMs === this.#endMs + WINDOW_MS;
    this.#endMs = endMs;
    this.#windows = holds ? (isNext ? this.#windows : 0) + 1 : 0;
    return this.#windows;
  }
}
