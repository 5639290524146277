// Gathers the probes of a run: when each began, how it ended, and since when something was amiss.

import type { CompletionLine, InvokeLine } from '../../model/history.ts';
import type { BrokenProbe } from '../../model/probe.ts';
import type { ProbeRecord } from '../evidence.ts';

class Probe implements ProbeRecord {
  readonly beganMs: number;
  endedMs: number | null = null;
  outcome: ProbeRecord['outcome'] = 'open';
  sinceMs: number | null = null;
  step: string | null = null;
  code: string | null = null;

  constructor(beganMs: number) {
    this.beganMs = beganMs;
  }
}

export class ProbesFold {
  readonly probes: Probe[] = [];
  readonly #open = new Map<number, Probe>();

  begin(line: InvokeLine): void {
    const probe = new Probe(line.timeMs);
    this.probes.push(probe);
    this.#open.set(line.seq, probe);
  }

  complete(line: CompletionLine): void {
    const probe = this.#open.get(line.seq);
    if (probe === undefined) return;
    this.#open.delete(line.seq);
    const value = line.value as Partial<BrokenProbe> | null | undefined;
    probe.endedMs = line.timeMs;
    probe.outcome = line.type;
    probe.sinceMs = value?.sinceMs ?? null;
    probe.step = value?.step ?? null;
    probe.code = line.error?.code ?? null;
  }
}
