// Reads the run directory of a run about messages into the evidence that its checkers judge.

import type { Evidence, FoldedHistory } from '../../lib/checkers/evidence.ts';
import { foldMessages, MessagesFold, type Phase } from '../../lib/checkers/messages/fold-messages.ts';
import type { RunRecord } from '../../lib/model/run.ts';
import { exists, readLines } from './json-lines.ts';
import type { RunDirectory } from './run-directory.ts';
import { isHistoryLine } from './schemas.ts';

/** What became of every message; `history` and `finalReads` tell of the condition of their files and hold no orders. */
export async function loadMessages(
  directory: RunDirectory,
  { run }: RunRecord,
): Promise<Required<Pick<Evidence, 'history' | 'finalReads' | 'messages'>>> {
  const fold = new MessagesFold();
  const read = (path: string, phase: Phase) => foldMessages(fold, readLines(path), { run, isHistoryLine, phase });
  const history = await read(directory.history, 'load');
  const finalReads = (await exists(directory.finalReads)) ? await read(directory.finalReads, 'drain') : null;
  return {
    history: historyOf(fold, history),
    finalReads: finalReads === null ? null : { condition: finalReads.condition, reads: new Map() },
    messages: { records: fold.records, longestGapMs: fold.longestGapMs },
  };
}

function historyOf(
  { suiteDefects, suiteDefectMessages }: MessagesFold,
  { condition, stages }: Pick<FoldedHistory, 'condition' | 'stages'>,
): FoldedHistory {
  return { condition, stages, orders: new Map(), probes: [], sharedKeys: 0, suiteDefects, suiteDefectMessages };
}
