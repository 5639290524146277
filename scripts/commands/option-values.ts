// The values that options of commands take, read from what was typed: each reader refuses what cannot be meant, with 64.

import { InvalidArgumentError } from 'commander';

/** 0 and up. */
export function wholeNumber(text: string): number {
  return numberIn(text, /^\d+$/, 'Give a whole number.');
}

/** Also as `1e6`. */
export function atLeastOne(text: string): number {
  return above0(text, /^\d+(e\d)?$/, 'Give a whole number above 0.');
}

/** Also with decimals. */
export function positive(text: string): number {
  return above0(text, /^\d+(\.\d+)?$/, 'Give a number above 0.');
}

/** For an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function above0(text: string, form: RegExp, advice: string): number {
  const number = numberIn(text, form, advice);
  if (number > 0) return number;
  throw new InvalidArgumentError(advice);
}

function numberIn(text: string, form: RegExp, advice: string): number {
  const number = Number(text);
  if (form.test(text) && number <= Number.MAX_SAFE_INTEGER) return number;
  throw new InvalidArgumentError(advice);
}
