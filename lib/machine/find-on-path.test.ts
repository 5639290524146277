import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOnPath, searchPath } from './find-on-path.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stampede-path-'));
  for (const folder of ['first', 'second']) {
    mkdirSync(join(root, folder));
    writeFileSync(join(root, folder, 'tool'), '', { mode: 0o755 });
  }
});
afterEach(() => rmSync(root, { recursive: true }));

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
