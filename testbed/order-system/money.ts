// Money: decimal amounts on the HTTP side, whole cents everywhere else.

/** Gives null when the amount is negative, not finite, or not a whole number of cents. */
export function toCents(amount: number): number | null {
  const cents = Math.round(amount * 100);
  const whole = Math.abs(amount * 100 - cents) < 1e-6;
  return whole && cents >= 0 && Number.isSafeInteger(cents) ? cents : null;
}

export function toAmount(cents: number): number {
  return cents / 100;
}
