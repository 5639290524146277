// Counts what came of the operations of each step in each stage.

import { AWAIT, type AwaitValue, type CompletionLine } from '../../model/history.ts';
import { Samples } from '../../stats/samples.ts';
import type { StageTally, StepTally } from '../evidence.ts';

/** Different error codes counted apart per step; further ones are counted together, so that garbage cannot fill the memory. */
const CODES_LIMIT = 50;

class StepCount implements StepTally {
  begun = 0;
  ok = 0;
  fail = 0;
  info = 0;
  infoAtStop = 0;
  readonly durationsMs = new Samples();
  readonly errors = new Map<string, number>();

  get open(): number {
    return this.begun - this.ok - this.fail - this.info;
  }

  complete(line: CompletionLine, stopMs: number): void {
    this[line.type] += 1;
    if (line.type === 'ok') this.durationsMs.push(line.durationMs);
    if (line.type === 'info' && line.timeMs >= stopMs) this.infoAtStop += 1;
    if (line.error !== undefined) this.#countError(line.error.code);
  }

  #countError(code: string): void {
    const known = this.errors.has(code) || this.errors.size < CODES_LIMIT ? code : 'other';
    this.errors.set(known, (this.errors.get(known) ?? 0) + 1);
  }
}

class StageCount implements StageTally {
  readonly steps = new Map<string, StepCount>();
  readonly polls = { reads: 0, failed: 0 };

  step(name: string): StepCount {
    let count = this.steps.get(name);
    if (count === undefined) {
      count = new StepCount();
      this.steps.set(name, count);
    }
    return count;
  }
}

export class TallyFold {
  readonly stages = new Map<string, StageCount>();
  readonly #stopMs: number;

  /** Operations with unknown outcome that end at `stopMs` or later were cut by the stop of the load; infinite when there was none. */
  constructor(stopMs: number) {
    this.#stopMs = stopMs;
  }

  begin(stage: string, step: string): void {
    this.#stage(stage).step(step).begun += 1;
  }

  complete(stage: string, line: CompletionLine): void {
    const tally = this.#stage(stage);
    tally.step(line.f).complete(line, this.#stopMs);
    if (line.f === AWAIT && line.value !== undefined && line.value !== null) {
      const value = line.value as unknown as AwaitValue;
      tally.polls.reads += value.reads;
      tally.polls.failed += value.failedReads;
    }
  }

  #stage(name: string): StageCount {
    let stage = this.stages.get(name);
    if (stage === undefined) {
      stage = new StageCount();
      this.stages.set(name, stage);
    }
    return stage;
  }
}
