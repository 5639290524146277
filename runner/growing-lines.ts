// Follows a file of lines that another process is writing.

import { closeSync, openSync, readSync } from 'node:fs';

const READ_BYTES = 1 << 20;

/** Gives only what has been added since the last look, and only whole lines; a missing file has none yet. */
export class GrowingLines {
  readonly #path: string;
  #offsetBytes = 0;
  #rest = '';

  constructor(path: string) {
    this.#path = path;
  }

  look(): readonly string[] {
    const lines = (this.#rest + this.#newText()).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  }

  #newText(): string {
    const file = open(this.#path);
    if (file === undefined) return '';
    const buffer = Buffer.alloc(READ_BYTES);
    const bytes = readSync(file, buffer, 0, READ_BYTES, this.#offsetBytes);
    closeSync(file);
    this.#offsetBytes += bytes;
    return buffer.toString('utf8', 0, bytes);
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
}
