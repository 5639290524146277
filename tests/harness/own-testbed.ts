// A testbed of its own for a file of tests: up before the first of them, gone after the last.

import { afterAll, beforeAll, expect } from 'vitest';
import { stampede } from './stampede.ts';

/**
 * Call it at the top of a file; gives the testbed's name, for `--instance`. `name` is made unique by the process that runs the file;
 * `options` are those of `stampede up`.
 */
export function ownTestbed(name: string, options: readonly string[] = []): string {
  const instance = `${name}-${process.pid}`;
  beforeAll(async () => {
    expect(await stampede('up', '--instance', instance, ...options)).toMatchObject({ exitCode: 0 });
  });
  afterAll(async () => {
    expect(await stampede('down', '--instance', instance)).toMatchObject({ exitCode: 0 });
  });
  return instance;
}
