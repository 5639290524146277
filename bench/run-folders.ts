// Where benches keep the run directories that they make, and the verdict of each.

import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verdict } from '../lib/model/verdict.ts';
import { makeFolder } from '../reports/store/make-folder.ts';

/** A new folder below `runs/bench`; it is kept, so that each line of a table can be followed to what it was made of. */
export async function newBenchFolder(bench: string): Promise<string> {
  makeFolder('runs/bench');
  return mkdtemp(`runs/bench/${bench}-`);
}

/** The one run below `runsFolder`. Rejects when there is none with a verdict: it was not a measurement, and the bench fails. */
export async function judgedRun(runsFolder: string): Promise<{ readonly run: string; readonly verdict: Verdict }> {
  const [name = ''] = await readdir(runsFolder);
  const run = join(runsFolder, name);
  return { run, verdict: JSON.parse(await readFile(join(run, 'verdict.json'), 'utf8')) as Verdict };
}
