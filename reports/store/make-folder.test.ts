import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { makeFolder } from './make-folder.ts';

const root = temporaryFolder();

describe('the folder of a run', () => {
  it('is made with all that is missing above it, and may be there already', () => {
    const path = join(root, 'a', 'b', 'c');
    makeFolder(path);
    makeFolder(path);
    expect(existsSync(path)).toBe(true);
  });

  it.each([
    ['a file system that makes no folders', '/proc/nowhere/runs'],
    ['a file in the way', join(root, 'file', 'runs')],
  ])('is refused with 69 by %s', (_what, path) => {
    writeFileSync(join(root, 'file'), '');
    expect(() => makeFolder(path)).toThrow(
      expect.objectContaining({ exitCode: 69, message: expect.stringContaining(path) }),
    );
  });
});
