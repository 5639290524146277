// A history that keeps nobody from healing: what cannot be written down is remembered, and thrown when all is undone.

import type { HistoryWriter, OpenOperation, OperationStart } from '../../runner/history-writer.ts';

type Completion = Parameters<OpenOperation['complete']>;

export class SafeHistory {
  readonly #history: Pick<HistoryWriter, 'begin'>;
  #failure: { readonly cause: unknown } | undefined;

  constructor(history: Pick<HistoryWriter, 'begin'>) {
    this.#history = history;
  }

  /** Never throws; nothing when it could not be written. */
  begin(start: OperationStart): OpenOperation | undefined {
    return this.#keep(() => this.#history.begin(start));
  }

  /** Never throws. */
  complete(operation: OpenOperation | undefined, ...completion: Completion): void {
    this.#keep(() => operation?.complete(...completion));
  }

  /** Throws the first failure to write, as often as it is asked. */
  requireWhole(): void {
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  #keep<T>(write: () => T): T | undefined {
    try {
      return write();
    } catch (cause) {
      this.#failure ??= { cause };
      return undefined;
    }
  }
}
