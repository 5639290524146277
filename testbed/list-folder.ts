// Versions that stand in the names of files.

import { readdirSync } from 'node:fs';

/** What the first text that matches has in the pattern's first group. */
export function pick(texts: readonly string[], pattern: RegExp): string | undefined {
  return texts.map((text) => pattern.exec(text)?.[1]).find((match) => match !== undefined);
}

/** The names in a folder; none when it is not there. */
export function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not installed, or another layout
  }
}
