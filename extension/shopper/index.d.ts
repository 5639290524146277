// The manual of k6/x/shopper: what a script asks for with every order, cheaper than by k6's own modules.

declare module 'k6/x/shopper' {
  const shopper: {
    /** Number of this iteration within its scenario, over all virtual users, from 0; as `scenario.iterationInTest` of k6/execution. Throws in the init context. */
    orderNumber(): number;
    /** Milliseconds since the scenario began, by the monotonic clock. Throws in the init context. */
    elapsedMs(): number;
    /** Tags whatever this virtual user measures from now on with `stage`, until k6 takes it out of the load. Throws in the init context. */
    tagStage(stage: string): void;
    /** The SHA-1 of a text's UTF-8 bytes, in hexadecimal. */
    hexSha1(text: string): string;
  };

  // biome-ignore lint/style/noDefaultExport: k6's own modules have one, so scripts expect it.
  export { shopper as default };
}
