import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { beforeEach, describe, expect, it } from 'vitest';
import { redactorOf } from '../../lib/config/redact.ts';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { seldomModules } from './seldom-modules.ts';

const redact = fileURLToPath(new URL('../../lib/config/redact.ts', import.meta.url));
let home: string;
beforeEach(() => {
  home = temporaryFolder();
});

async function bundled(source: string): Promise<string> {
  const outfile = join(home, 'bundle.mjs');
  const stdin = { contents: source, resolveDir: home };
  await build({ stdin, outfile, bundle: true, format: 'esm', logLevel: 'silent', plugins: [seldomModules({})] });
  return outfile;
}

describe('a seldom module', () => {
  it('is no function of the script but one, and does the same', async () => {
    const file = await bundled(`export { redactorOf } from ${JSON.stringify(redact)};`);
    expect(readFileSync(file, 'utf8')).toMatch(/^ +function formsOf\(/m);
    expect(readFileSync(file, 'utf8')).not.toMatch(/^(async )?function /m);
    const made = (await import(pathToFileURL(file).href)) as { redactorOf: typeof redactorOf };
    const text = 'a secret-word, https://me:word@host and c2VjcmV0LXdvcmQ=';
    expect(made.redactorOf(['secret-word']).redact(text)).toBe(redactorOf(['secret-word']).redact(text));
    expect(made.redactorOf([]).redact('secret-word')).toBe('secret-word');
  });

  it('gives scenarios nothing else: a bundle that wants more is refused', async () => {
    await expect(bundled(`export { REDACTED } from ${JSON.stringify(redact)};`)).rejects.toThrow('No matching export');
  });
});
