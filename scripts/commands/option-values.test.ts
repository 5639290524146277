import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { atLeastOne, collect, positive, wholeNumber } from './option-values.ts';

describe('the value of an option', () => {
  it.each([
    ['a whole number', wholeNumber, '0', 0],
    ['a number above 0', atLeastOne, '12', 12],
    ['a large number', atLeastOne, '1e6', 1_000_000],
    ['a number with decimals', positive, '0.5', 0.5],
  ])('may be %s', (_what, read, text, value) => {
    expect(read(text)).toBe(value);
  });

  it.each([
    ['a whole number', wholeNumber, ['', '-1', '1.5', 'one', '9007199254740993']],
    ['a whole number above 0', atLeastOne, ['0', '0e3', '-1', '1.5', '1e-3', 'one']],
    ['a number above 0', positive, ['0', '0.0', '-1', '1e3', 'one']],
  ])('that must be %s is refused when it is not', (_what, read, texts) => {
    for (const text of texts) expect(() => read(text), text).toThrow(InvalidArgumentError);
  });

  it('that may be given several times is collected in order', () => {
    expect(collect('b', collect('a'))).toEqual(['a', 'b']);
  });
});
