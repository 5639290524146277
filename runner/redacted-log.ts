// A log of another program, line by line without secrets.

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { redact } from '../lib/config/known-secrets.ts';

/** Hands over whole lines with their ends: a secret that comes in two pieces is still one. */
export async function* redactedLines(stream: Readable): AsyncGenerator<string> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }))
    yield `${redact(line)}\n`;
}
