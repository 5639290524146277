import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { k6Version } from './k6-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-k6-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program that prints `text`. */
function binary(text: string): string {
  const path = join(folder, String(Math.random()));
  writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${text}\nEND\n`, { mode: 0o755 });
  return path;
}

describe('the version of k6', () => {
  it('is what the binary says, without the rest', async () => {
    expect(await k6Version(binary('k6 v2.2.0 (go1.26.8, linux/amd64)\nExtensions:'))).toBe('2.2.0');
  });

  it('refuses with 69 what is no k6, and what cannot be started', async () => {
    await expect(k6Version(binary('hello'))).rejects.toMatchObject({ exitCode: 69 });
    await expect(k6Version(join(folder, 'none'))).rejects.toMatchObject({ exitCode: 69 });
  });
});
