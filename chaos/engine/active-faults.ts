// The faults of one run: each is injected with its intent on disk, healed in every path, and written down as operations of the process `chaos`.

import { setTimeout as pause } from 'node:timers/promises';
import type { InjectValue, PlannedFault } from '../../lib/model/experiment.ts';
import { CHAOS, type Json, type OperationError } from '../../lib/model/history.ts';
import { HEAL, INJECT } from '../../lib/model/message.ts';
import type { HistoryWriter } from '../../runner/history-writer.ts';
import type { Fault, JsonObject } from '../faults/fault.ts';
import type { System } from '../targets/system.ts';
import { type FaultsByName, healIntent } from './heal-intent.ts';
import { type ActiveIntent, type SuiteProcess, writeIntent } from './intent-files.ts';

export interface FaultTools {
  readonly system: System;
  readonly faultNamed: FaultsByName;
  readonly run: string;
  readonly suite: SuiteProcess;
  readonly history: Pick<HistoryWriter, 'begin'>;
  readonly say: (text: string) => void;
  /** Throws when these members may not be down together. */
  readonly refuse: (downAtOnce: readonly string[]) => void;
  /** Aborted when the run is to be stopped: injecting ends, healing begins. */
  readonly signal: AbortSignal;
}

interface Active {
  readonly intent: ActiveIntent;
  readonly down: readonly string[];
  /** Settles when `inject` has ended, however. */
  readonly injected: Promise<void>;
  healing: Promise<void> | undefined;
}

/** Longest time beyond its own that a fault may be on before the watchdog takes it for forgotten. */
const WATCHDOG_MARGIN_MS = 60_000;
/** A fault without a duration (a rolling restart) takes as long as it needs, within this. */
const ONE_SHOT_LIMIT_MS = 300_000;
/** Healing begins so long after a stop, though an inject has not ended. */
const STOP_INJECT_MS = 500;

export class ActiveFaults {
  readonly #tools: FaultTools;
  readonly #active = new Map<string, Active>();

  constructor(tools: FaultTools) {
    this.#tools = tools;
  }

  /** Ids of the intents that still stand. */
  get left(): readonly string[] {
    return [...this.#active.values()].map(({ intent }) => intent.id);
  }

  /** Never rejects for what the target does: whether the fault struck is evidence. Only a refusal (blast radius) and a full disk reject, and then nothing was done. */
  async inject(planned: PlannedFault): Promise<void> {
    const { system, signal, say } = this.#tools;
    const fault = this.#fault(planned);
    const options = planned.options as JsonObject;
    const aimed = await fault.aim(system, options).catch((cause: Error) => cause);
    const value = { fault: fault.name, options, lasting: fault.lasting(options) };
    if (aimed instanceof Error) return this.#notAimed(planned, { ...value, intent: null }, aimed);
    if (signal.aborted) return;
    const down = fault.downAtOnce(aimed);
    this.#tools.refuse([...down, ...this.#down()]);
    const intent = this.#intentOf(planned, aimed);
    writeIntent(system.intentFolder, intent);
    const operation = this.#tools.history.begin({
      process: CHAOS,
      f: INJECT,
      key: planned.key,
      value: { ...value, intent: aimed },
    });
    say(`fault ${planned.key}: ${JSON.stringify(aimed)}`);
    const injected = fault.inject(system, aimed, signal).then(
      (effect: Json) => operation.complete('ok', { value: effect }),
      (cause: unknown) => operation.complete('info', { error: errorOf('not_seen', cause) }),
    );
    this.#active.set(planned.key, { intent, down, injected, healing: undefined });
    await Promise.race([injected, aborted(signal)]);
  }

  /** Of one that is not on, nothing. Never rejects: whether it was healed is evidence, and its intent stays when it was not. */
  async heal(key: string): Promise<void> {
    const active = this.#active.get(key);
    if (active === undefined) return;
    active.healing ??= this.#heal(key, active);
    await active.healing;
  }

  /** Every fault that may be on, the latest first. */
  async healAll(): Promise<void> {
    await Promise.all([...this.#active.keys()].reverse().map((key) => this.heal(key)));
  }

  /** An inject that has not ended may still strike: what it does after the first heal is healed by a second. */
  async #heal(key: string, active: Active): Promise<void> {
    const inTime = await Promise.race([active.injected.then(() => true), pause(STOP_INJECT_MS, false, { ref: false })]);
    const { history, system, faultNamed, say } = this.#tools;
    const operation = history.begin({ process: CHAOS, f: HEAL, key });
    try {
      let healing = await healIntent(system, active.intent, faultNamed);
      if (!inTime) {
        await active.injected;
        writeIntent(system.intentFolder, active.intent);
        healing = await healIntent(system, active.intent, faultNamed);
      }
      operation.complete('ok', { value: healing });
      this.#active.delete(key);
      say(`fault ${key} is healed`);
    } catch (cause) {
      operation.complete('info', { error: errorOf('not_healed', cause) });
      say(`fault ${key} could NOT be healed: ${(cause as Error).message}`);
    }
  }

  /** Nothing was done, and nothing will be: the history says so. */
  #notAimed({ key }: PlannedFault, value: InjectValue, cause: Error): void {
    const operation = this.#tools.history.begin({ process: CHAOS, f: INJECT, key, value });
    operation.complete('fail', { error: errorOf('not_aimed', cause) });
    this.#tools.say(`fault ${key} had nobody to strike: ${cause.message}`);
  }

  #intentOf({ key, fault, durationMs }: PlannedFault, intent: JsonObject): ActiveIntent {
    const { run, suite } = this.#tools;
    const healAfterMs = Date.now() + (durationMs ?? ONE_SHOT_LIMIT_MS) + WATCHDOG_MARGIN_MS;
    return { v: 1, id: `${run}.${key.replace('#', '-')}`, run, key, fault, intent, suite, healAfterMs };
  }

  #down(): readonly string[] {
    return [...this.#active.values()].flatMap(({ down }) => down);
  }

  #fault({ fault: name }: PlannedFault): Fault {
    const fault = this.#tools.faultNamed(name);
    if (fault === undefined) throw new TypeError(`no fault ${name}`);
    return fault;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function errorOf(code: string, cause: unknown): OperationError {
  return { code, message: cause instanceof Error ? cause.message : String(cause) };
}
