// Reads the lines of a file in batches, in memory that does not grow with the file.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 16;

/** The lines of the file without their ends, some thousand at a time; a last line without an end is one too. A missing file has none. */
export async function* readLines(path: string): AsyncGenerator<readonly string[]> {
  if (!(await exists(path))) return;
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK_BYTES })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}

/** False when nothing stands at the path; other errors of the file system are thrown. */
export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(ignoreMissing)) !== undefined;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
