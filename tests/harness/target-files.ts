// Target files of the tests, each in a folder of its own that `clearTargetFiles` removes.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

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
  const folder = mkdtempSync(join(tmpdir(), 'stampede-target-'));
  folders.push(folder);
  const path = join(folder, 'target.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

export function clearTargetFiles(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
