// Advice on a name that nobody knows: the known one that it was taken for, or all of them.

import { closest, distance } from 'fastest-levenshtein';

/** An unknown name is taken for a mistyped one when so many letters, at most, are wrong. */
const MISTYPED_LETTERS = 3;

/** `did you mean "payments"?`, or `known are …` where none is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'none is known';
  const meant = closest(name, known);
  const near = distance(name.toLowerCase(), meant.toLowerCase()) <= Math.min(MISTYPED_LETTERS, meant.length - 1);
  return near ? `did you mean "${meant}"?` : `known are ${known.join(', ')}`;
}
