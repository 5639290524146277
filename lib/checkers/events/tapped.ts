// What a tap can tell, and why what it did not see may have been there all the same.

import type { Evidence, FoldedTapped } from '../evidence.ts';

/** The tap's whole content, or why it cannot be relied on. */
export function wholeTap({ tapped }: Evidence): { readonly tapped: FoldedTapped } | { readonly doubt: string } {
  if (tapped === null) return { doubt: 'there is no events.ndjson that could be read' };
  if (tapped.end === null) return { doubt: 'the tap was not read to its end, or its end line does not fit the others' };
  if (tapped.end.overflowed) return { doubt: 'the tap overflowed, and nobody knows what it dropped' };
  return { tapped };
}
