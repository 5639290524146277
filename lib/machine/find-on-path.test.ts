import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findOnPath, searchPath } from './find-on-path.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

let root: string;
beforeEach(() => {
  root = temporaryFolder();
  for (const folder of ['first', 'second']) {
    mkdirSync(join(root, folder));
    writeFileSync(join(root, folder, 'tool'), '', { mode: 0o755 });
  }
});

describe('a program', () => {
  it('is found in the first folder that has it', () => {
    expect(findOnPath('tool', { root, path: '/none:/first:/second' })).toBe(join(root, 'first/tool'));
  });

  it('counts only when it can be run', () => {
    chmodSync(join(root, 'first/tool'), 0o644);
    expect(findOnPath('tool', { root, path: '/first:/second' })).toBe(join(root, 'second/tool'));
    expect(findOnPath('tool', { root, path: '/first' })).toBeUndefined();
  });

  it("is looked for among the administrator's tools as well, which an ordinary PATH may lack", () => {
    expect(searchPath({ PATH: '/opt/bin' })).toMatch(/^\/opt\/bin:.*\/usr\/sbin/);
    expect(searchPath({})).toMatch(/^\/usr\/local\/sbin:/);
  });
});
