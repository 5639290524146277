// Looks at a load ten times a second and tells of every window as soon as it can be known.

import { type LiveWindow, LiveWindows } from './live-windows.ts';

const LOOK_EVERY_MS = 100;

export type WindowListener = (window: LiveWindow) => void;

export class LoadWatch {
  readonly #windows: LiveWindows;
  readonly #listeners = new Set<WindowListener>();
  readonly #timer: NodeJS.Timeout;

  constructor(timeline: string, nowMs: () => number) {
    this.#windows = new LiveWindows(timeline);
    this.#timer = setInterval(() => this.#look(nowMs()), LOOK_EVERY_MS);
  }

  /** Orders in flow as last told; `null` before the load. */
  get users(): number | null {
    return this.#windows.users;
  }

  /** Gives the function that ends it. */
  onWindow(listener: WindowListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(nowMs: number): void {
    for (const window of this.#windows.look(nowMs)) for (const listener of [...this.#listeners]) listener(window);
  }
}
