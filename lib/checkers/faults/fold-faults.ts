// Folds chaos.ndjson: every fault that was to strike, whether it did, and when all was well again.

import type { InjectValue } from '../../model/experiment.ts';
import type { Healing, StrikesInTurn } from '../../model/fault.ts';
import type { CompletionLine, InvokeLine, Json, Outcome } from '../../model/history.ts';
import { HEAL, INJECT } from '../../model/message.ts';
import { foldRecord, type IsHistoryLine, type LineBatches, type OperationSink } from '../fold/record-fold.ts';
import type { FaultRecord, FoldedFaults } from './fault-record.ts';

class Fault implements FaultRecord {
  readonly key: string;
  readonly intent: Json;
  readonly lasting: boolean;
  readonly struckMs: number;
  strikesMs: readonly number[];
  inject: Outcome | 'open' = 'open';
  effectMs: number | null = null;
  heal: Outcome | 'open' | 'none' = 'none';
  healBeganMs: number | null = null;
  healedMs: number | null = null;
  helped: readonly string[] = [];
  complaint: string | null = null;

  constructor({ key, timeMs, value }: InvokeLine) {
    this.key = key;
    this.struckMs = timeMs;
    this.strikesMs = [timeMs];
    const told = value as Partial<InjectValue> | null | undefined;
    this.lasting = told?.lasting === true;
    this.intent = told?.intent ?? value ?? null;
  }

  beginHeal({ timeMs }: InvokeLine): void {
    this.heal = 'open';
    this.healBeganMs ??= timeMs;
  }

  complete({ f, type, timeMs, value, error }: CompletionLine): void {
    if (f === INJECT) {
      this.inject = type;
      this.effectMs = type === 'ok' ? timeMs : null;
      this.strikesMs = strikesOf(this.struckMs, value);
    } else {
      this.heal = type;
      this.healedMs = type === 'ok' ? timeMs : null;
      this.helped = (value as Healing | undefined)?.helped ?? [];
    }
    this.complaint ??= error === undefined ? null : (error.message ?? error.code);
  }
}

/** What stands in a file may be anything; then one strike is known, the first. */
function strikesOf(struckMs: number, effect: Json | undefined): readonly number[] {
  const inTurn: unknown = (effect as Partial<StrikesInTurn> | null | undefined)?.inTurn;
  const afterMs = Array.isArray(inTurn) ? inTurn.map((strike: { afterMs?: unknown } | null) => strike?.afterMs) : [];
  const known = afterMs.filter((each): each is number => typeof each === 'number');
  return known.length > 0 && known.length === afterMs.length ? known.map((each) => struckMs + each) : [struckMs];
}

/** Faults may be on at the same time: a heal belongs to the last inject with its key. */
class FaultsFold implements OperationSink {
  readonly faults: Fault[] = [];
  readonly #open = new Map<number, Fault>();

  invoke(line: InvokeLine): void {
    if (line.f === INJECT) this.faults.push(new Fault(line));
    if (line.f !== INJECT && line.f !== HEAL) return;
    const fault = this.faults.findLast(({ key }) => key === line.key);
    if (fault === undefined) return;
    if (line.f === HEAL) fault.beginHeal(line);
    this.#open.set(line.seq, fault);
  }

  complete(line: CompletionLine): void {
    this.#open.get(line.seq)?.complete(line);
    this.#open.delete(line.seq);
  }
}

/** Like `foldHistory`, it never throws for what stands in a line. */
export async function foldFaults(
  batches: LineBatches,
  { run, isHistoryLine }: { readonly run: string; readonly isHistoryLine: IsHistoryLine },
): Promise<FoldedFaults> {
  const fold = new FaultsFold();
  const condition = await foldRecord(batches, run, isHistoryLine, fold);
  return { faults: fold.faults, condition };
}
