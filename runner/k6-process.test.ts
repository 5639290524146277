import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rememberSecret } from '../lib/config/known-secrets.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { k6Version, startK6 } from './k6-process.ts';

const folder = temporaryFolder();

/** Runs `script` in place of k6 to its end. */
async function launch(script: string, log: string, environment: Record<string, string> = {}) {
  const binary = join(folder, 'k6');
  writeFileSync(binary, `#!/bin/sh\n${script}\n`);
  chmodSync(binary, 0o755);
  const named = { script: 's.js', plan: 'p.json', directory: folder, run: 'r', generator: 'g1' };
  const k6 = await startK6({ binary, ...named, log, environment });
  return k6.exited;
}

describe('the log of k6', () => {
  it('holds no secret, also none that comes in two pieces', async () => {
    rememberSecret('hush-hush "quoted"');
    const script = `
      printf 'level=error msg="told hush-hush \\\\"quo'
      sleep 0.2
      printf 'ted\\\\" by the target"\\nhush-hush%%20%%22quoted%%22\\n'
      echo "$STAMPEDE_SECRETS" >&2`;
    const log = join(folder, 'k6.log');
    const ended = await launch(script, log, { STAMPEDE_SECRETS: '{"secrets":["hush-hush \\"quoted\\""]}' });
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(readFileSync(log, 'utf8').trimEnd().split('\n').sort()).toEqual([
      '[redacted]',
      'level=error msg="told [redacted] by the target"',
      '{"secrets":["[redacted]"]}',
    ]);
  });

  it('does not hold k6 up when it cannot be written', async () => {
    const script = 'for i in 1 2 3 4 5 6 7 8; do head -c 100000 /dev/zero | tr "\\0" "x"; echo; done';
    expect(await launch(script, '/dev/full')).toMatchObject({ exitCode: 0 });
  });
});

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
