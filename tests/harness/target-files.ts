// Target files of the tests, each in a folder of its own that `clearTargetFiles` removes.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** What a file for a platform without queries says; its doubled effects cannot be seen, and that is waived. */
export function targetAt(url: string): object {
  return {
    name: 'stub',
    flow: 'seed',
    http: { baseUrls: { shopping: url, orders: url } },
    waivers: [{ bound: 'S1-DUP', reason: 'the stub has no database to ask' }],
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
