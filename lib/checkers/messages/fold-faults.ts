// Folds chaos.ndjson: every fault that was to strike, whether it did, and when all was well again.

import type { Healing } from '../../model/fault.ts';
import type { CompletionLine, InvokeLine, Outcome } from '../../model/history.ts';
import { HEAL, INJECT } from '../../model/message.ts';
import type { RecordCondition } from '../evidence.ts';
import { foldRecord, type IsHistoryLine, type LineBatches, type OperationSink } from '../fold/record-fold.ts';
import type { FaultRecord } from './message-evidence.ts';

interface Fault extends FaultRecord {
  inject: Outcome | 'open';
  heal: Outcome | 'open' | 'none';
  healedMs: number | null;
  helped: readonly string[];
  complaint: string | null;
}

/** One fault at a time: a heal belongs to the inject before it. */
class FaultsFold implements OperationSink {
  readonly faults: Fault[] = [];

  invoke(line: InvokeLine): void {
    const begun = { name: line.key, struckMs: line.timeMs, inject: 'open', heal: 'none' } as const;
    if (line.f === INJECT) this.faults.push({ ...begun, healedMs: null, helped: [], complaint: null });
    const last = this.faults.at(-1);
    if (line.f === HEAL && last !== undefined) last.heal = 'open';
  }

  complete(line: CompletionLine): void {
    const last = this.faults.at(-1);
    if (last === undefined) return;
    if (line.f === INJECT) last.inject = line.type;
    if (line.f === HEAL) {
      last.heal = line.type;
      last.healedMs = line.type === 'ok' ? line.timeMs : null;
      last.helped = (line.value as Healing | undefined)?.helped ?? [];
    }
    last.complaint ??= line.error === undefined ? null : (line.error.message ?? line.error.code);
  }
}

/** Like `foldHistory`, it never throws for what stands in a line. */
export async function foldFaults(
  batches: LineBatches,
  { run, isHistoryLine }: { readonly run: string; readonly isHistoryLine: IsHistoryLine },
): Promise<{ readonly faults: readonly FaultRecord[]; readonly condition: RecordCondition }> {
  const fold = new FaultsFold();
  const condition = await foldRecord(batches, run, isHistoryLine, fold);
  return { faults: fold.faults, condition };
}
