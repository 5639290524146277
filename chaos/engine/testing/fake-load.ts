// A load of which only the files are there, for tests of what goes on beside one.

import { mkdirSync, readFileSync } from 'node:fs';
import { temporaryFolder } from '../../../lib/machine/testing/temporary-folder.ts';
import type { RunRecord } from '../../../lib/model/run.ts';
import { runDirectory } from '../../../reports/store/run-directory.ts';
import type { Interrupt } from '../../../runner/interrupt.ts';
import type { LoadUnderWay } from '../../../runner/load-under-way.ts';
import type { RunJournal } from '../../../runner/run-journal.ts';

let runs = 0;

/** Writes nothing. */
class MemoryJournal {
  record: RunRecord;

  constructor(record: RunRecord) {
    this.record = record;
  }

  async update(facts: Partial<RunRecord>): Promise<void> {
    this.record = { ...this.record, ...facts };
  }
}

export function fakeLoad(record: Partial<RunRecord> = {}) {
  const run = `r${++runs}`;
  const directory = runDirectory(temporaryFolder(), run);
  mkdirSync(directory.root);
  const journal = new MemoryJournal({ run, suiteVersion: '0', ...record } as RunRecord);
  const [stopLoad, stopEverything] = [new AbortController(), new AbortController()];
  const interrupt = {
    stopLoad: stopLoad.signal,
    stopEverything: stopEverything.signal,
    guard: () => stopLoad.abort(),
  } as unknown as Interrupt;
  const said: string[] = [];
  const progress = { say: (text: string) => void said.push(text), status: () => undefined, done: () => undefined };
  const load: LoadUnderWay = {
    ...{ directory, journal: journal as unknown as RunJournal, interrupt, progress },
    ...{ nowMs: () => Date.now(), startedMs: Date.now(), signal: stopLoad.signal },
  };
  /** The lines of chaos.ndjson. */
  const lines = () =>
    readFileSync(directory.chaos, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly f?: string; readonly key?: string; readonly type: string });
  return { load, run, journal, said, stopLoad, stopEverything, lines };
}

/** A watchdog that only stands there. */
export const unwatched = <T>(_: unknown, work: () => Promise<T>): Promise<T> => work();
