// Computes what several checkers need once per evidence.

import type { Evidence } from './evidence.ts';

/** `compute` is pure, so its result is kept for as long as the evidence is. An exception is not kept: every caller meets it. */
export function oncePerEvidence<T>(compute: (evidence: Evidence) => T): (evidence: Evidence) => T {
  const known = new WeakMap<Evidence, { readonly result: T }>();
  return (evidence) => {
    const entry = known.get(evidence) ?? { result: compute(evidence) };
    known.set(evidence, entry);
    return entry.result;
  };
}
