import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { runIn } from './run-folders.ts';

it('finds the one run of a folder with its verdict', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run-1');
  mkdirSync(run);
  writeFileSync(join(run, 'verdict.json'), '{"exitCode":0}');
  expect(await runIn(folder)).toEqual({ run, verdict: { exitCode: 0 } });
});

it('gives a run without a verdict, and a command that made no run, for what they are', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'run-1'));
  expect(await runIn(folder)).toEqual({ run: join(folder, 'run-1'), verdict: null });
  expect(await runIn(join(folder, 'never'))).toEqual({ run: join(folder, 'never'), verdict: null });
});
