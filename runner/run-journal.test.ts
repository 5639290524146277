import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { aRun } from '../lib/checkers/testing/a-run.ts';
import { rememberSecret } from '../lib/config/known-secrets.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { runDirectory } from '../reports/store/run-directory.ts';
import { RunJournal } from './run-journal.ts';

const root = temporaryFolder();

it('a trouble of a run is written down without the secrets that its message repeats', async () => {
  rememberSecret('journal-secret');
  const directory = runDirectory(root, 'r1');
  const journal = new RunJournal(directory, aRun());
  await journal.attempt('effects', () => Promise.reject(new Error('role with password journal-secret is unknown')));
  const { troubles } = JSON.parse(readFileSync(directory.run, 'utf8'));
  expect(troubles).toContainEqual({ where: 'effects', message: 'role with password [redacted] is unknown' });
});
