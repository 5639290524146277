// A heal that restarted nodes and failed all the same: which ones is not forgotten when a later attempt succeeds.

export class HelpedInVain extends Error {
  /** Names of the nodes. */
  readonly helped: readonly string[];

  constructor(helped: readonly string[], cause: Error) {
    super(cause.message, { cause });
    this.helped = helped;
  }
}

/** Whom a heal that failed had helped. */
export function helpedBefore(cause: unknown): readonly string[] {
  return cause instanceof HelpedInVain ? cause.helped : [];
}
