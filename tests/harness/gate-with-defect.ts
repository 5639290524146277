// A gate, or an experiment, against the embedded platform with one planted defect.

import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import { type Ended, onlyRun, stampede, verdictOf } from './stampede.ts';

const instance = `defect-${process.pid}`;

export interface DefectRun extends Ended {
  /** The run directory. */
  readonly run: string;
  readonly verdict: Verdict;
}

/** A smoke gate; the platform is started for it, and ended by it. */
export function gateWith(defect: string): Promise<DefectRun> {
  return runWith(['gate', '--profile', 'smoke'], defect);
}

/** One experiment of a game day, likewise, under as much load as leaves room for other tests; without a defect the platform is honest. */
export function experimentWith(experiment: string, defect?: string): Promise<DefectRun> {
  return runWith(['chaos', 'run', experiment, '--users', '100'], defect);
}

async function runWith(command: readonly string[], defect?: string): Promise<DefectRun> {
  const runs = temporaryFolder();
  const planted = defect === undefined ? [] : ['--defect', defect];
  const ended = await stampede(...command, '--instance', instance, ...planted, '--runs', runs);
  return { ...ended, run: onlyRun(runs), verdict: verdictOf(onlyRun(runs)) };
}

/** For `afterEach`: removes the platform should a gate have left it. */
export async function cleanUp(): Promise<void> {
  await stampede('down', '--instance', instance);
}
