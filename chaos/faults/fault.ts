// A fault of game days: whom it strikes, how, and how any process that knows system and intent makes it undone.

import type { Healing } from '../../lib/model/fault.ts';
import type { Json } from '../../lib/model/history.ts';
import type { Ground } from '../targets/ground.ts';
import type { System } from '../targets/system.ts';

/** A type, so that the options and intents of single faults, which are types too, fit it. */
export type JsonObject = { readonly [key: string]: Json };

/**
 * One fault. It holds no state of its own: everything that `heal` must know stands in the intent, which is on disk before `inject` is called.
 * Whoever heals may be another process than the one that injected, and may come after half an inject, or after none.
 */
export interface Fault<
  Options extends JsonObject = JsonObject,
  Intent extends JsonObject = JsonObject,
  On extends Ground = System,
> {
  /** Kebab-case, by which experiments name it: `process-kill`. */
  readonly name: string;
  /** One sentence for people. */
  readonly about: string;
  /** JSON Schema (2020-12) of an object without additional properties. A fault that ends processes requires `restartedBy` in it: `supervisor` or `heal`. */
  readonly options: object;
  /** True: on the embedded platform it can only be made where that was started for game days (testbed/game-day-ground.ts). */
  readonly needsGround?: true;
  /** True: it goes on until it is healed, and the experiment says how long. False: it is over at once, as a kill is when a supervisor restarts. */
  lasting(options: Options): boolean;
  /** Why it cannot be made here (no root, no packet filter, …); `null` when it can. The run is then inconclusive, never green. */
  impossible(system: On, options: Options): Promise<string | null>;
  /** Looks up whom it would strike now, and changes nothing. Rejects when nobody has the role. */
  aim(system: On, options: Options, occasion: Occasion): Promise<Intent>;
  /** Members of the system (processes by name) that do not serve, at one moment at most, while it is on: what the limit of the blast radius counts. */
  downAtOnce(intent: Intent): readonly string[];
  /**
   * Does it. Resolves with what was seen of the effect; rejects when no effect was seen. When the signal is aborted it begins no further
   * step (a rolling restart strikes no further node) and rejects soon: healing does not wait for it.
   */
  inject(system: On, intent: Intent, signal?: AbortSignal): Promise<Json>;
  /** Undoes it and waits until the system is as before. Idempotent. Rejects when that was not reached in time. */
  heal(system: On, intent: Intent): Promise<Healing>;
  /** What of it is still there; `null` when nothing is. This decides, not the absence of an error. */
  verifyHealed(system: On, intent: Intent): Promise<string | null>;
}

/** As the engine knows it, which takes a fault and the kind of target that it is for together. */
export type AnyFault = Fault<JsonObject, JsonObject, Ground>;

/** For what a fault is aimed. */
export interface Occasion {
  readonly run: string;
  /** Of the fault within the run. */
  readonly key: string;
  /** How long it is to stay on; `null` for one that is over at once. */
  readonly durationMs: number | null;
}

/** Nothing is to be injected. */
export const REHEARSAL: Occasion = { run: 'rehearsal', key: 'fault', durationMs: null };
