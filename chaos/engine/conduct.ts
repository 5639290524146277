// Conducts one experiment beside its load: gate, method under guards, heal, judge. However it ends, what was begun is healed.

import { setTimeout as pause } from 'node:timers/promises';
import type { ExperimentRun, GuardBreak, PlannedFault } from '../../lib/model/experiment.ts';
import type { LoadUnderWay } from '../../runner/load-under-way.ts';
import type { Ground } from '../targets/ground.ts';
import { refuseLossOfTheMajority } from './blast-radius.ts';
import { type Experiment, plannedFaults } from './experiment.ts';
import { watchGuards } from './guards.ts';
import { LoadWatch } from './load-watch.ts';
import { awaitSteady } from './steadiness.ts';
import { awaitTrigger } from './trigger.ts';
import { type Breaking, type Surroundings, withFaults } from './with-faults.ts';

/** Writes chaos.ndjson and the experiment's part of run.json. What the target does is evidence; only a broken experiment rejects. */
export async function conduct(experiment: Experiment, surroundings: Surroundings, load: LoadUnderWay): Promise<void> {
  const { system } = surroundings;
  const watch = new LoadWatch(load.directory.timeline, load.nowMs);
  const refuse = (down: readonly string[]): void => refuseLossOfTheMajority(experiment, system.broker.nodes, down);
  const noteLeft = (left: readonly string[]): Promise<void> => note(load, { left });
  try {
    await withFaults({ ...surroundings, load, refuse, noteLeft }, (breaking) =>
      new Conducting(experiment, { ...breaking, system, watch }).run(),
    );
  } finally {
    watch.stop();
  }
}

async function note({ journal }: LoadUnderWay, facts: Partial<ExperimentRun>): Promise<void> {
  const { experiment } = journal.record;
  if (experiment !== undefined) await journal.update({ experiment: { ...experiment, ...facts } });
}

interface Conducted extends Breaking {
  readonly system: Ground;
  readonly watch: LoadWatch;
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

  async #gate(): Promise<boolean> {
    const { load, watch, system } = this.#all;
    const { steady } = this.#experiment;
    const signal = AbortSignal.any([load.signal, AbortSignal.timeout(steady.withinS * 1000)]);
    const gate = await awaitSteady(watch, steady, { signal, nowMs: load.nowMs });
    // Figures of the load alone would hide a node that is missing already.
    const unwell = gate.steady ? await system.problem().catch((cause: Error) => cause.message) : null;
    const told = unwell === null ? gate : { ...gate, steady: false, problem: unwell };
    await note(load, { gate: told });
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
    const { load } = this.#all;
    load.interrupt.guard(`a guard broke: ${broken.message}`);
    void note(load, { guard: broken }).catch(() => undefined);
  }

  /** When one step of a group breaks the experiment, the others end and heal before it is thrown for. */
  async #method(): Promise<void> {
    const impossible = new Set(this.#all.load.journal.record.experiment?.impossible.map(({ key }) => key));
    for (const group of plannedFaults(this.#experiment)) {
      if (this.#somethingIsLeft()) return;
      const possible = group.filter(({ key }) => !impossible.has(key));
      const steps = await Promise.allSettled(possible.map((planned) => this.#step(planned)));
      const rejected = steps.find(({ status }) => status === 'rejected');
      if (rejected !== undefined) throw (rejected as PromiseRejectedResult).reason;
    }
  }

  /** Nothing new is broken then, and the platform cannot be expected to be well. */
  #somethingIsLeft(): boolean {
    const { left } = this.#all.faults;
    if (left.length > 0) this.#all.load.progress.say(`nothing more is done: ${left.join(', ')} may still be active`);
    return left.length > 0;
  }

  async #step(planned: PlannedFault): Promise<void> {
    try {
      await this.#fault(planned);
    } catch (cause) {
      this.#all.giveUp();
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
    if (load.interrupt.stopLoad.aborted || this.#somethingIsLeft()) return;
    load.progress.say('all faults are healed; waiting for the steady state');
    const judge = await awaitSteady(watch, this.#experiment.steady, { signal: load.signal, nowMs: load.nowMs });
    if (!load.interrupt.stopLoad.aborted) await note(load, { judge });
  }
}
