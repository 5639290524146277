// The run directory: where each file of a run stands. Path names stand here and nowhere else.

import { join } from 'node:path';
import type { RunRecord } from '../../lib/model/run.ts';
import { makeFolder } from './make-folder.ts';
import { isRunRecord } from './schemas.ts';
import { writeJson } from './write-atomically.ts';

/** Absolute or relative paths, as the root was given. Nothing is created by naming them. */
export interface RunDirectory {
  /** The directory of this one run: `<root>/<runId>`. */
  readonly root: string;
  /** `run.json`: the facts about the run (lib/model/run.ts). */
  readonly run: string;
  /** What the load generator did, one operation a pair of lines (lib/model/history.ts). */
  readonly history: string;
  /** Histograms per second (lib/model/timeline.ts). */
  readonly timeline: string;
  /** The final read of every order, as history lines of the generator `suite`. */
  readonly finalReads: string;
  /** Faults, as history lines of the generator `chaos`; only where some were injected. */
  readonly chaos: string;
  /** Rows of the target's own stores (lib/model/evidence.ts). */
  readonly effects: string;
  /** The platform's events as the tap saw them (lib/model/tapped.ts); only where they can be tapped. */
  readonly events: string;
  /** Figures of broker and database over time (lib/model/evidence.ts). */
  readonly observations: string;
  /** `verdict.json` (lib/model/verdict.ts). A run without it has not passed. */
  readonly verdict: string;
  readonly summaryMarkdown: string;
  readonly junit: string;
  /** `post-mortem.md`: a draft, only where something was broken on purpose. */
  readonly postMortem: string;
  /** What the load generator printed. */
  readonly k6Log: string;
}

/** Names the files of the run `runId` below `root` (usually `runs`). */
export function runDirectory(root: string, runId: string): RunDirectory {
  return runDirectoryAt(join(root, runId));
}

/** Names the files of the run whose directory is `root` itself. */
export function runDirectoryAt(root: string): RunDirectory {
  const within = (name: string): string => join(root, name);
  return {
    root,
    run: within('run.json'),
    history: within('history.ndjson'),
    timeline: within('timeline.ndjson'),
    finalReads: within('final-reads.ndjson'),
    chaos: within('chaos.ndjson'),
    effects: within('effects.ndjson'),
    events: within('events.ndjson'),
    observations: within('observations.ndjson'),
    verdict: within('verdict.json'),
    summaryMarkdown: within('summary.md'),
    junit: within('junit.xml'),
    postMortem: within('post-mortem.md'),
    k6Log: within('k6.log'),
  };
}

/** Writes `run.json`, whole or not at all; may be called again as the run goes on. Creates the directory when it is missing; StampedeError 69 when it cannot. */
export async function writeRunRecord(directory: RunDirectory, record: RunRecord): Promise<void> {
  makeFolder(directory.root);
  await writeJson(directory.run, record, isRunRecord);
}
