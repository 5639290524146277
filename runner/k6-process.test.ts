import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { rememberSecret } from '../lib/config/known-secrets.ts';
import { startK6 } from './k6-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-k6-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('the log of k6 holds no secret, also one that comes in two pieces', async () => {
  rememberSecret('hush-hush "quoted"');
  const binary = join(folder, 'k6');
  writeFileSync(
    binary,
    `#!/bin/sh
printf 'level=error msg="told hush-hush \\\\"quo'
sleep 0.2
printf 'ted\\\\" by the target"\\nhush-hush%%20%%22quoted%%22\\n'
echo "$STAMPEDE_SECRETS" >&2
`,
  );
  chmodSync(binary, 0o755);
  const log = join(folder, 'k6.log');
  const environment = { STAMPEDE_SECRETS: '{"secrets":["hush-hush \\"quoted\\""]}' };
  const named = { script: 's.js', plan: 'p.json', directory: folder, run: 'r', generator: 'g1' };
  const k6 = await startK6({ binary, ...named, log, environment });
  await expect(k6.exited).resolves.toMatchObject({ exitCode: 0 });
  const written = readFileSync(log, 'utf8').trimEnd().split('\n').sort();
  expect(written).toEqual([
    '[redacted]',
    'level=error msg="told [redacted] by the target"',
    '{"secrets":["[redacted]"]}',
  ]);
});
