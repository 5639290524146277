// Conducts one experiment beside its load: gate, method under guards, heal, judge. However it ends, what was begun is healed.

import { setTimeout as pause } from 'node:timers/promises';
import type { ExperimentRun, GuardBreak, PlannedFault } from '../../lib/model/experiment.ts';
import { HistoryWriter } from '../../runner/history-writer.ts';
import type { LoadUnderWay } from '../../runner/load-under-way.ts';
import type { Ground } from '../targets/ground.ts';
import { thisProcess } from '../targets/this-process.ts';
import { ActiveFaults } from './active-faults.ts';
import { refuseLossOfTheMajority } from './blast-radius.ts';
import { givenUp, healOnStray } from './early-end.ts';
import { type Experiment, plannedFaults } from './experiment.ts';
import { watchGuards } from './guards.ts';
import type { FaultsByName } from './heal-intent.ts';
import { LoadWatch } from './load-watch.ts';
import { awaitSteady } from './steadiness.ts';
import { awaitTrigger } from './trigger.ts';
import { watchedOver } from './watchdog.ts';

export interface Surroundings {
  readonly system: Ground;
  readonly faultNamed: FaultsByName;
  /** Posts a watchdog for as long as the work goes on: a process of its own when absent. */
  readonly watchedOver?: typeof watchedOver;
}

/** Writes chaos.ndjson and the experiment's part of run.json. What the target does is evidence; only a broken experiment rejects. */
export async function conduct(experiment: Experiment, surroundings: Surroundings, load: LoadUnderWay): Promise<void> {
  const { system, watchedOver: watched = watchedOver } = surroundings;
  const { journal, directory, interrupt, progress, nowMs } = load;
  const { run, suiteVersion } = journal.record;
  const say = (text: string): void => progress.say(text);
  const broken = new AbortController();
  const signal = AbortSignal.any([load.signal, broken.signal]);
  const history = new HistoryWriter(directory.chaos, { run, generator: 'chaos', tool: `stampede/${suiteVersion}` });
  const watch = new LoadWatch(directory.timeline, nowMs);
  const faults = new ActiveFaults({
    ...surroundings,
    run,
    suite: thisProcess(),
    history,
    say,
    refuse: (down) => refuseLossOfTheMajority(experiment, system.broker.nodes, down),
    signal,
  });
  const conducting = new Conducting(experiment, { ...surroundings, load: { ...load, signal }, watch, faults, broken });
  const stray = healOnStray({ faults, system, say }, broken);
  const healed = watched(system, () => conducting.run().finally(() => faults.healAll()));
  try {
    await Promise.race([healed, givenUp({ faults, system, say }, interrupt.stopEverything)]);
  } finally {
    process.off('uncaughtException', stray);
    watch.stop();
    await conducting.note({ left: faults.left }).finally(() => history.close());
  }
}

interface Conducted extends Surroundings {
  readonly load: LoadUnderWay;
  readonly watch: LoadWatch;
  readonly faults: ActiveFaults;
  /** Aborted when the experiment itself cannot go on: what is on is healed then. */
  readonly broken: AbortController;
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

  /** When one step of a group breaks the experiment, the others end and heal before it is thrown for. */
  async #method(): Promise<void> {
    const impossible = new Set(this.#all.load.journal.record.experiment?.impossible.map(({ key }) => key));
    for (const group of plannedFaults(this.#experiment)) {
      const possible = group.filter(({ key }) => !impossible.has(key));
      const steps = await Promise.allSettled(possible.map((planned) => this.#step(planned)));
      const rejected = steps.find(({ status }) => status === 'rejected');
      if (rejected !== undefined) throw (rejected as PromiseRejectedResult).reason;
    }
  }

  async #step(planned: PlannedFault): Promise<void> {
    try {
      await this.#fault(planned);
    } catch (cause) {
      this.#all.broken.abort();
      throw cause;
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
