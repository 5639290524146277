// Conducts one experiment beside its load: gate, method under guards, heal, judge. However it ends, what was begun is healed.

import { setTimeout as pause } from 'node:timers/promises';
import type { ExperimentRun, GuardBreak, PlannedFault } from '../../lib/model/experiment.ts';
import { HistoryWriter } from '../../runner/history-writer.ts';
import type { LoadUnderWay } from '../../runner/load-under-way.ts';
import type { System } from '../targets/system.ts';
import { thisProcess } from '../targets/this-process.ts';
import { ActiveFaults } from './active-faults.ts';
import { refuseLossOfTheMajority } from './blast-radius.ts';
import { type Experiment, plannedFaults } from './experiment.ts';
import { watchGuards } from './guards.ts';
import type { FaultsByName } from './heal-intent.ts';
import { LoadWatch } from './load-watch.ts';
import { awaitSteady } from './steadiness.ts';
import { awaitTrigger } from './trigger.ts';
import { watchedOver } from './watchdog.ts';

export interface Surroundings {
  readonly system: System;
  readonly faultNamed: FaultsByName;
}

/** Writes chaos.ndjson and the experiment's part of run.json. What the target does is evidence; only a broken experiment rejects. */
export async function conduct(experiment: Experiment, surroundings: Surroundings, load: LoadUnderWay): Promise<void> {
  const { system } = surroundings;
  const { journal, directory, interrupt, progress, nowMs } = load;
  const { run, suiteVersion } = journal.record;
  const history = new HistoryWriter(directory.chaos, { run, generator: 'chaos', tool: `stampede/${suiteVersion}` });
  const watch = new LoadWatch(directory.timeline, nowMs);
  const faults = new ActiveFaults({
    ...surroundings,
    run,
    suite: thisProcess(),
    history,
    say: (text) => progress.say(text),
    refuse: (down) => refuseLossOfTheMajority(experiment, system.broker.nodes, down),
    signal: load.signal,
  });
  const conducting = new Conducting(experiment, { ...surroundings, load, watch, faults });
  const stray = healOnStray(faults);
  try {
    await watchedOver(system, () => conducting.run());
  } finally {
    await Promise.race([
      faults.healAll(),
      givenUp(interrupt.stopEverything, faults, system, (text) => progress.say(text)),
    ]);
    process.off('uncaughtException', stray);
    watch.stop();
    await conducting.note({ left: faults.left });
    history.close();
  }
}

interface Conducted extends Surroundings {
  readonly load: LoadUnderWay;
  readonly watch: LoadWatch;
  readonly faults: ActiveFaults;
}

class Conducting {
  readonly #experiment: Experiment;
  readonly #all: Conducted;

  constructor(experiment: Experiment, all: Conducted) {
    this.#experiment = experiment;
    this.#all = all;
  }

  async run(): Promise<void> {
    const { load, watch } = this.#all;
    if (!(await this.#gate())) return;
    const { nowMs } = load;
    const onBreak = (broken: GuardBreak): void => this.#guardBroke(broken);
    const stopGuards = watchGuards(watch, this.#experiment.guards, { nowMs, onBreak });
    try {
      await this.#method();
    } finally {
      stopGuards();
    }
    await this.#judge();
  }

  async note(facts: Partial<ExperimentRun>): Promise<void> {
    const { journal } = this.#all.load;
    const { experiment } = journal.record;
    if (experiment !== undefined) await journal.update({ experiment: { ...experiment, ...facts } });
  }

  async #gate(): Promise<boolean> {
    const { load, watch, system } = this.#all;
    const { steady } = this.#experiment;
    const signal = AbortSignal.any([load.signal, AbortSignal.timeout(steady.withinS * 1000)]);
    const gate = await awaitSteady(watch, steady, { signal, nowMs: load.nowMs });
    // Figures of the load alone would hide a node that is missing already.
    const unwell = gate.steady ? await system.problem().catch((cause: Error) => cause.message) : null;
    const told = unwell === null ? gate : { ...gate, steady: false, problem: unwell };
    await this.note({ gate: told });
    if (told.steady) load.progress.say('gate: the platform is in its steady state');
    else
      load.interrupt.guard(
        `nothing was injected, since the platform was not in its steady state: ${told.problem}`,
        'gate',
      );
    return told.steady;
  }

  /** Synchronous up to the stop: healing begins with it. */
  #guardBroke(broken: GuardBreak): void {
    this.#all.load.interrupt.guard(`a guard broke: ${broken.message}`);
    void this.note({ guard: broken }).catch(() => undefined);
  }

  async #method(): Promise<void> {
    const impossible = new Set(this.#all.load.journal.record.experiment?.impossible.map(({ key }) => key));
    for (const group of plannedFaults(this.#experiment)) {
      await Promise.all(group.filter(({ key }) => !impossible.has(key)).map((planned) => this.#fault(planned)));
    }
  }

  async #fault(planned: PlannedFault): Promise<void> {
    const { load, watch, system, faults } = this.#all;
    const { signal, nowMs, startedMs } = load;
    if (!(await awaitTrigger(planned.when, { watch, system, nowMs, loadStartedMs: startedMs, signal }))) return;
    try {
      await faults.inject(planned);
      await pause(planned.durationMs ?? 0, undefined, { signal }).catch(() => undefined);
    } finally {
      await faults.heal(planned.key);
    }
  }

  /** As long as the load goes on; a run that is being stopped is not asked. */
  async #judge(): Promise<void> {
    const { load, watch } = this.#all;
    if (load.interrupt.stopLoad.aborted) return;
    load.progress.say('all faults are healed; waiting for the steady state');
    const judge = await awaitSteady(watch, this.#experiment.steady, { signal: load.signal, nowMs: load.nowMs });
    if (!load.interrupt.stopLoad.aborted) await this.note({ judge });
  }
}

/** Who listens for stray exceptions decides when the process ends: when all is healed. The command line has said what happened and set the exit code. */
function healOnStray(faults: ActiveFaults): () => void {
  const stray = (): void => void faults.healAll().finally(() => process.exit());
  process.on('uncaughtException', stray);
  return stray;
}

/** A second signal: nobody waits for healing any more, so it is said what is left. The watchdog goes on healing. */
function givenUp(
  signal: AbortSignal,
  faults: ActiveFaults,
  system: System,
  say: (text: string) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = (): void => {
      for (const id of faults.left) say(`may still be active: ${id}`);
      if (faults.left.length > 0) say(`remove it with: npx stampede chaos sweep --instance ${system.name}`);
      resolve();
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
