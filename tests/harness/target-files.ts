// Target files of the tests, each in a folder of its own.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';

/** What only a database or a broker can tell. */
const UNMEASURABLE = ['S1-DUP', 'S1-BACKLOG', 'S1-DEADLOCKS', 'S1-DLQ', 'S1-DLQ-NEW'];

/** What a file for a platform says that can be asked over HTTP alone; what cannot be seen there is waived. */
export function targetAt(url: string): object {
  return {
    name: 'stub',
    flow: 'seed',
    http: { baseUrls: { shopping: url, orders: url } },
    waivers: UNMEASURABLE.map((bound) => ({ bound, reason: 'the stub has nothing to ask but HTTP' })),
  };
}

/** Writes the file; gives its path. */
export function targetFile(content: object | string): string {
  const path = join(temporaryFolder(), 'target.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
