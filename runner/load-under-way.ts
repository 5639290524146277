// A load that is going on, as whoever acts beside it knows it.

import type { Progress } from '../lib/machine/progress.ts';
import type { RunDirectory } from '../reports/store/run-directory.ts';
import type { Interrupt } from './interrupt.ts';
import type { RunJournal } from './run-journal.ts';

export interface LoadUnderWay {
  readonly directory: RunDirectory;
  readonly journal: RunJournal;
  readonly interrupt: Interrupt;
  readonly progress: Progress;
  readonly nowMs: () => number;
  readonly startedMs: number;
  /** Aborted when the load is over or is to be stopped: begin nothing more, and come to an end. */
  readonly signal: AbortSignal;
}
