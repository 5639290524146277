// Reads the lines of a file in batches, in memory that does not grow with the file.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { unreadable } from './unreadable.ts';

const CHUNK_BYTES = 1 << 16;

/**
 * The lines of the file without their ends, some thousand at a time; a last line without an end is one too. A missing file has none; what cannot be
 * read (a folder, a file of others) rejects with a StampedeError 64.
 */
export async function* readLines(path: string): AsyncGenerator<readonly string[]> {
  if (!(await exists(path))) return;
  let rest = '';
  for await (const chunk of chunksOf(path)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}

async function* chunksOf(path: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK_BYTES }) as AsyncIterable<string>;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** False when nothing stands at the path; rejects with a StampedeError 64 when that cannot be found out. */
export async function exists(path: string): Promise<boolean> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw unreadable(path, cause);
  });
  return found !== undefined;
}
