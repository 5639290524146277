// The frame around all that breaks something beside a load: a watchdog at its post, one history, and an honest end however it comes.

import { HistoryWriter } from '../../runner/history-writer.ts';
import type { LoadUnderWay } from '../../runner/load-under-way.ts';
import type { Scene } from '../targets/scene.ts';
import { thisProcess } from '../targets/this-process.ts';
import { ActiveFaults, type FaultTools } from './active-faults.ts';
import { givenUp, healOnStray } from './early-end.ts';
import { watchedOver } from './watchdog.ts';

export interface Surroundings extends Scene {
  /** Posts a watchdog for as long as the work goes on: a process of its own when absent. */
  readonly watchedOver?: typeof watchedOver;
}

/** What the work is given. */
export interface Breaking {
  readonly faults: ActiveFaults;
  /** The same load; its signal is aborted as well when the work itself is broken. */
  readonly load: LoadUnderWay;
  /** Nothing more is begun, and what is on is healed. */
  readonly giveUp: () => void;
}

interface Frame extends Surroundings, Pick<FaultTools, 'refuse'> {
  readonly load: LoadUnderWay;
  /** Is told in every path which intents still stand when the work is over. */
  readonly noteLeft: (left: readonly string[]) => Promise<void>;
}

/**
 * Writes chaos.ndjson. Resolves when the work has ended and all is healed, or at a second signal, when nobody waits any more; then healing
 * goes on. Rejects as the work does, after healing, and when no watchdog could be posted: then nothing was begun.
 */
export async function withFaults(frame: Frame, work: (breaking: Breaking) => Promise<void>): Promise<void> {
  const { system, load, noteLeft, watchedOver: watched = watchedOver } = frame;
  const { journal, directory, interrupt, progress } = load;
  const { run, suiteVersion } = journal.record;
  const say = (text: string): void => progress.say(text);
  const broken = new AbortController();
  const signal = AbortSignal.any([load.signal, broken.signal]);
  const history = new HistoryWriter(directory.chaos, { run, generator: 'chaos', tool: `stampede/${suiteVersion}` });
  const faults = new ActiveFaults({ ...frame, run, suite: thisProcess(), history, say, signal });
  const stray = healOnStray({ faults, system, say }, broken);
  const breaking = { faults, load: { ...load, signal }, giveUp: () => broken.abort() };
  const healed = watched(system, () => work(breaking).finally(() => faults.healAll()));
  try {
    await Promise.race([healed, givenUp({ faults, system, say }, interrupt.stopEverything)]);
  } finally {
    process.off('uncaughtException', stray);
    await noteLeft(faults.left).finally(() => history.close());
  }
}
