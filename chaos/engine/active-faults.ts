// The faults of one run: each is injected with its intent on disk, healed in every path, and written down as operations of the process `chaos`.

import { setTimeout as pause } from 'node:timers/promises';
import type { InjectValue, PlannedFault } from '../../lib/model/experiment.ts';
import type { Healing } from '../../lib/model/fault.ts';
import { CHAOS, type Json, type OperationError } from '../../lib/model/history.ts';
import { HEAL, INJECT } from '../../lib/model/message.ts';
import type { HistoryWriter, OpenOperation } from '../../runner/history-writer.ts';
import type { AnyFault, JsonObject } from '../faults/fault.ts';
import { helpedBefore } from '../faults/helped-in-vain.ts';
import type { Ground } from '../targets/ground.ts';
import type { ProcessIdentity } from '../targets/this-process.ts';
import { type FaultsByName, healIntent, undoIntent } from './heal-intent.ts';
import { tellWhileHealing } from './heal-progress.ts';
import { type ActiveIntent, removeIntent, writeIntent } from './intent-files.ts';
import { SafeHistory } from './safe-history.ts';

export interface FaultTools {
  readonly system: Ground;
  readonly faultNamed: FaultsByName;
  readonly run: string;
  readonly suite: ProcessIdentity;
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
  /** Resolves when `inject` has ended, however. */
  readonly injected: Promise<void>;
  healing: Promise<void> | undefined;
}

/** Longest time beyond its own that a fault may be on before the watchdog takes it for forgotten: striking alone may take a minute. */
const WATCHDOG_MARGIN_MS = 120_000;
/** A fault without a duration (a rolling restart) takes as long as it needs, within this. */
const ONE_SHOT_LIMIT_MS = 300_000;
/** Healing begins so long after a stop, though an inject has not ended. */
const STOP_INJECT_MS = 500;

export class ActiveFaults {
  readonly #tools: FaultTools;
  readonly #active = new Map<string, Active>();
  readonly #history: SafeHistory;

  constructor(tools: FaultTools) {
    this.#tools = tools;
    this.#history = new SafeHistory(tools.history);
  }

  /** Ids of the intents that still stand. */
  get left(): readonly string[] {
    return [...this.#active.values()].map(({ intent }) => intent.id);
  }

  /**
   * Never rejects for what the target does: whether the fault struck is evidence. Rejects for a refusal (blast radius) and when something
   * could not be written down: before the strike nothing was done then; after it, the fault waits for `heal`.
   */
  async inject(planned: PlannedFault): Promise<void> {
    const { system, signal, say, run } = this.#tools;
    const fault = this.#fault(planned);
    const options = planned.options as JsonObject;
    const occasion = { run, key: planned.key, durationMs: planned.durationMs };
    const aimed = await fault.aim(system, options, occasion).catch((cause: Error) => cause);
    const value = { fault: fault.name, options, lasting: fault.lasting(options) };
    if (aimed instanceof Error) return this.#notAimed(planned, { ...value, intent: null }, aimed);
    if (signal.aborted) return;
    const down = fault.downAtOnce(aimed);
    this.#tools.refuse([...down, ...this.#down()]);
    const intent = this.#intentOf(planned, aimed);
    const operation = this.#announce(intent, { ...value, intent: aimed });
    say(`fault ${planned.key}: ${JSON.stringify(aimed)}`);
    const injected = fault.inject(system, aimed, signal).then(
      (effect: Json) => this.#history.complete(operation, 'ok', { value: effect }),
      (cause: unknown) => this.#history.complete(operation, 'info', { error: errorOf('not_seen', cause) }),
    );
    this.#active.set(planned.key, { intent, down, injected, healing: undefined });
    await Promise.race([injected, aborted(signal)]);
    this.#history.requireWhole();
  }

  /**
   * Of one that is not on, nothing. Whether it was healed is evidence, and its intent stays when it was not. Rejects only when the history
   * could not be written, and only after healing.
   */
  async heal(key: string): Promise<void> {
    const active = this.#active.get(key);
    if (active === undefined) return;
    active.healing ??= this.#heal(key, active);
    await active.healing;
  }

  /** Every fault that may be on, the latest first. Rejects as `heal` does, when all have been tried. */
  async healAll(): Promise<void> {
    await Promise.allSettled([...this.#active.keys()].reverse().map((key) => this.heal(key)));
    this.#history.requireWhole();
  }

  async #heal(key: string, active: Active): Promise<void> {
    const inTime = await Promise.race([active.injected.then(() => true), pause(STOP_INJECT_MS, false, { ref: false })]);
    const operation = this.#history.begin({ process: CHAOS, f: HEAL, key });
    const stopTelling = tellWhileHealing(active.intent, this.#tools);
    const healing = await this.#undo(active, inTime)
      .catch((cause: Error) => cause)
      .finally(stopTelling);
    if (healing instanceof Error) {
      this.#tools.say(`fault ${key} could NOT be healed: ${healing.message}`);
      this.#history.complete(operation, 'info', { error: errorOf('not_healed', healing) });
    } else {
      this.#active.delete(key);
      this.#tools.say(`fault ${key} is healed`);
      this.#history.complete(operation, 'ok', { value: healing });
    }
    this.#history.requireWhole();
  }

  /** An inject that has not ended may still strike: it is undone at once, and again when that has ended. Until then the intent stands. */
  async #undo({ intent, injected }: Active, inTime: boolean): Promise<Healing> {
    const { system, faultNamed } = this.#tools;
    if (inTime) return healIntent(system, intent, faultNamed);
    const atOnce = await undoIntent(system, intent, faultNamed).then(({ helped }) => helped, helpedBefore);
    await injected;
    const { helped } = await healIntent(system, intent, faultNamed);
    return { helped: [...new Set([...atOnce, ...helped])] };
  }

  /** On disk as an intent and as the invoke of its operation. Throws when one of them cannot be written, and leaves no intent then. */
  #announce(intent: ActiveIntent, value: InjectValue): OpenOperation {
    const { intentFolder } = this.#tools.system;
    try {
      writeIntent(intentFolder, intent);
      return this.#tools.history.begin({ process: CHAOS, f: INJECT, key: intent.key, value });
    } catch (cause) {
      removeIntent(intentFolder, intent.id);
      throw cause;
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

  #fault({ fault: name }: PlannedFault): AnyFault {
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
