// Parses a JSON file that people write: says line and column of what is wrong, and never repeats its text, which may hold a secret.

import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

/** The value, or in plain words why there is none. */
export type Parsed = { readonly value: unknown } | { readonly complaint: string };

export function parseJsonText(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { complaint: firstComplaint(text) };
  }
}

/** JSON.parse says no place for some errors and quotes the text in others; this parser names the place of each. */
function firstComplaint(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first === undefined) return 'it is not JSON';
  const before = text.slice(0, first.offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `line ${before.length}, column ${column}: ${inWords(printParseErrorCode(first.error))}`;
}

/** `CommaExpected` → "comma expected". */
function inWords(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
