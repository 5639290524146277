// The manual of k6/x/shopper: what a script does with every order, cheaper than by k6's own modules.

declare module 'k6/x/shopper' {
  /** What came of a request. */
  export interface Answer {
    /** 0 when there was no answer. */
    readonly status: number;
    /** As text, `null` when there is none. */
    readonly body: string | null;
    /** k6's error number (grafana.com/docs/k6/latest/javascript-api/error-codes), 0 when none. */
    readonly errorCode: number;
    /** Empty when there was no error. */
    readonly errorText: string;
  }

  /**
   * Sends one request with k6's own HTTP client, which measures it, and waits for the answer: no redirects, no retries, cookies as k6
   * keeps them. Its measurements carry `step` as the tags `step` and `name`. Throws in the init context, never for what the network does.
   */
  export type Send = (step: string, method: string, url: string, body: string | null) => Answer;

  const shopper: {
    /** Number of this iteration within its scenario, over all virtual users, from 0; as `scenario.iterationInTest` of k6/execution. Throws in the init context. */
    orderNumber(): number;
    /** Milliseconds since the scenario began, by the monotonic clock. Throws in the init context. */
    elapsedMs(): number;
    /** Tags whatever this virtual user measures from now on with `stage`, until k6 takes it out of the load. Throws in the init context. */
    tagStage(stage: string): void;
    /**
     * The client-made id of an order, a UUID of version 5: unique per run, generator and order number, and the same whenever it is
     * asked for.
     */
    orderKey(run: string, generator: string, orderNumber: number): string;
    /** Waits, shorter when k6 ends the iteration. Throws in the init context. */
    sleep(seconds: number): void;
    /**
     * A shopper's pause between two steps; none when it is not above 0. What it takes too long is the generator's own delay, and is
     * measured as `think_time_overshoot`. Throws in the init context.
     */
    rest(pauseMs: number): void;
    /**
     * Measures how an order ended as its shopper saw it, in ms: `order_failed`, and the times that there are as `order_completion_time`
     * and `order_flow_time`. `null`: it was not seen completed. Throws in the init context.
     */
    countOrder(completionMs: number | null, flowMs: number | null): void;
    /** What sends requests with these headers; none of them takes longer than `timeoutMs`, which is more than 0. */
    sender(timeoutMs: number, headers: Readonly<Record<string, string>>): Send;
  };

  // biome-ignore lint/style/noDefaultExport: k6's own modules have one, so scripts expect it.
  export { shopper as default };
}
