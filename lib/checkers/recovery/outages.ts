// From probes to outages: from when to when a platform did not do what its customers came for. Pure; knows nothing of faults.

import type { ProbePlan } from '../../model/probe.ts';
import type { ProbeRecord } from '../evidence.ts';

/** Probes that did not come for so long leave unknown whether the platform worked. */
export const EMPTY_WINDOW_MS = 1_000;

export interface Outage {
  /** Since when something was amiss: the first step that did not go well was begun then. */
  readonly fromMs: number;
  /** When the first broken probe was known to be broken. */
  readonly detectedMs: number;
  /** From when on no probe broke for the settle time; `null` when that was not seen. */
  readonly toMs: number | null;
  /** From when on no probe broke as far as was watched; `null` when the last one was broken. */
  readonly quietMs: number | null;
  readonly brokenProbes: number;
  /** What the first broken probe met with. */
  readonly step: string | null;
  readonly code: string | null;
}

/** What the probes of a run show. */
export interface ProbeView {
  readonly outages: readonly Outage[];
  /** The first probe began, and the last one that tells. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** No probe began in between. */
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number }[];
}

/**
 * `calmUntilMs`: before it nothing was broken on purpose, so probes took as long as they usually do. Probes that were cut by the end of the
 * load tell nothing and are passed over.
 */
export function viewProbes(probes: readonly ProbeRecord[], plan: ProbePlan, calmUntilMs: number): ProbeView {
  const told = probes.filter(({ outcome }) => outcome !== 'open').toSorted((a, b) => a.beganMs - b.beganMs);
  const fold = new OutageFold(plan.settleMs, usualMs(told, calmUntilMs));
  for (const probe of told) fold.add(probe);
  const began = told.map(({ beganMs }) => beganMs);
  return {
    outages: fold.result(),
    fromMs: began[0] ?? 0,
    untilMs: began.at(-1) ?? 0,
    gaps: began.slice(1).flatMap((toMs, index) => {
      const fromMs = began[index] ?? toMs;
      return toMs - fromMs > EMPTY_WINDOW_MS ? [{ fromMs, toMs }] : [];
    }),
  };
}

/** The median length of the good probes of the calm, or of all where there was none. */
function usualMs(probes: readonly ProbeRecord[], calmUntilMs: number): number {
  const good = probes.filter(({ outcome }) => outcome === 'ok');
  const calm = good.filter(({ endedMs }) => endedMs !== null && endedMs < calmUntilMs);
  const lengths = (calm.length > 0 ? calm : good).map(({ beganMs, endedMs }) => (endedMs ?? beganMs) - beganMs);
  return lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
}

type OpenOutage = { -readonly [Field in keyof Outage]: Outage[Field] };

class OutageFold {
  readonly #settleMs: number;
  readonly #usualMs: number;
  readonly #closed: Outage[] = [];
  #open: OpenOutage | undefined;

  constructor(settleMs: number, usual: number) {
    this.#settleMs = settleMs;
    this.#usualMs = usual;
  }

  /** In the order in which they began. */
  add(probe: ProbeRecord): void {
    if (probe.outcome === 'ok') this.#good(probe);
    else this.#broken(probe);
  }

  result(): readonly Outage[] {
    return this.#open === undefined ? this.#closed : [...this.#closed, this.#open];
  }

  /** A probe that was held up tells that the platform worked when it got on, not when it began. */
  #good({ beganMs, endedMs }: ProbeRecord): void {
    const open = this.#open;
    if (open === undefined) return;
    open.quietMs ??= Math.max(beganMs, (endedMs ?? beganMs) - this.#usualMs);
    if (beganMs < open.quietMs + this.#settleMs) return;
    this.#closed.push({ ...open, toMs: open.quietMs });
    this.#open = undefined;
  }

  #broken({ beganMs, endedMs, sinceMs, step, code }: ProbeRecord): void {
    const first = { fromMs: sinceMs ?? beganMs, detectedMs: endedMs ?? beganMs, step, code };
    this.#open ??= { ...first, toMs: null, quietMs: null, brokenProbes: 0 };
    this.#open.quietMs = null;
    this.#open.brokenProbes += 1;
    // One that began later may have broken sooner, and at an earlier step.
    if (first.detectedMs < this.#open.detectedMs) this.#open.detectedMs = first.detectedMs;
    if (first.fromMs < this.#open.fromMs) Object.assign(this.#open, { fromMs: first.fromMs, step, code });
  }
}
