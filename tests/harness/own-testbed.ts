// A testbed of its own for a file of tests: up before the first of them, gone with all its runs after the last.

import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import { newRunsFolder, stampede } from './stampede.ts';

export interface OwnTestbed {
  /** Its name, for `--instance`. */
  readonly instance: string;
  /** A new folder for `--runs`. */
  runsFolder(): string;
}

/** Call it at the top of a file. `name` is made unique by the process that runs the file; `options` are those of `stampede up`. */
export function ownTestbed(name: string, options: readonly string[] = []): OwnTestbed {
  const instance = `${name}-${process.pid}`;
  const folders: string[] = [];
  beforeAll(async () => {
    expect(await stampede('up', '--instance', instance, ...options)).toMatchObject({ exitCode: 0 });
  });
  afterAll(async () => {
    expect(await stampede('down', '--instance', instance)).toMatchObject({ exitCode: 0 });
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  const runsFolder = (): string => {
    const folder = newRunsFolder();
    folders.push(folder);
    return folder;
  };
  return { instance, runsFolder };
}
