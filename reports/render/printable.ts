// Makes text that came from a target safe to show: no control characters, which break XML and drive terminals.

/** Replaces control characters and halves of surrogate pairs, line ends included, by `?`. */
export function printable(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cs}\uFFFD\uFFFE\uFFFF]/gu, '?');
}
