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

/** What a command left below the folder that it was given for its runs. */
export interface LeftRun {
  /** Its directory, or `runsFolder` itself when it came to make none. */
  readonly run: string;
  /** `null` when it came to no verdict: it was no measurement, and the command's exit code is all that is known. */
  readonly verdict: Verdict | null;
}

/** The one run below `runsFolder`. Hours of a bench are not lost for one run that left nothing: its table shows it. */
export async function runIn(runsFolder: string): Promise<LeftRun> {
  const [name] = await readdir(runsFolder).catch(unlessMissing([]));
  const run = name === undefined ? runsFolder : join(runsFolder, name);
  const text = await readFile(join(run, 'verdict.json'), 'utf8').catch(unlessMissing(null));
  return { run, verdict: text === null ? null : (JSON.parse(text) as Verdict) };
}

function unlessMissing<T>(instead: T): (cause: NodeJS.ErrnoException) => T {
  return (cause) => {
    if (cause.code !== 'ENOENT') throw cause;
    return instead;
  };
}
