// Whether the history tells everything that was done: begun, ended, numbered without gaps, no line lost or damaged. If not, nothing is green.

import type { Finding } from '../model/finding.ts';
import type { Checker } from './checker.ts';
import type { Evidence, RecordCondition } from './evidence.ts';
import { historyFlaws } from './history-flaws.ts';
import { flawsOf, writerMismatches } from './record-flaws.ts';
import { some } from './wording.ts';

/** Who writes the final reads (lib/model/history.ts). */
const SUITE = 'suite';

export const historyComplete: Checker = ({ run, history }) => {
  const finding = judgeFile('history-complete', 'history.ndjson', history.condition, historyFlaws({ run, history }));
  return [finding.status === 'pass' ? finding : { ...finding, message: `${finding.message}${causeIn(run)}` }];
};

/**
 * The same for the final reads: they may be missing only where no order has an id by which it could be read. Of messages never: what no consumer of
 * the load has seen, or has seen too often, is seen only there.
 */
export const finalReadsComplete: Checker = ({ run, finalReads, history }) => {
  const id = 'final-reads-complete';
  if (finalReads !== null) return [judgeRecord(id, 'final-reads.ndjson', finalReads.condition, SUITE)];
  const common = { id, kind: 'measurement' as const, promised: true };
  if (run.messages !== undefined) {
    return [{ ...common, status: 'inconclusive', message: 'no queue was read: there is no final-reads.ndjson' }];
  }
  const readable = Array.from(history.orders.values()).filter(({ orderId }) => orderId !== null).length;
  if (readable === 0) return [{ ...common, status: 'pass', message: 'no order has an id by which it could be read' }];
  return [{ ...common, status: 'inconclusive', message: 'no order was read back: there is no final-reads.ndjson' }];
};

/** Files beside the history whose lines cannot be read are not judged by halves. */
export const filesReadable: Checker = ({ damagedFiles }) =>
  damagedFiles.map(({ file, lines, reason }) => ({
    id: 'files-readable',
    kind: 'measurement',
    status: 'inconclusive',
    promised: true,
    message: `${file} counts as not there: ${some(lines, 'damaged line')} (${reason})`,
  }));

/** Whether a file of history lines is whole, and written by the one who was to write it. */
export function judgeRecord(id: string, file: string, condition: RecordCondition, writer: string): Finding {
  return judgeFile(id, file, condition, [...flawsOf(condition), ...writerMismatches(condition, [writer])]);
}

function judgeFile(id: string, file: string, condition: RecordCondition, flaws: readonly string[]): Finding {
  const common = { id, kind: 'measurement' as const, promised: true };
  if (flaws.length > 0) {
    const evidence = { flaws, damage: condition.damage };
    return { ...common, status: 'inconclusive', message: `${file} is not whole: ${flaws.join('; ')}`, evidence };
  }
  const operations = condition.writers.reduce((sum, writer) => sum + writer.counts.invoke, 0);
  return { ...common, status: 'pass', message: `${file} is whole: ${some(operations, 'operation')}` };
}

function causeIn({ interruption, generators }: Evidence['run']): string {
  const killed = generators.find((generator) => generator.signal !== null);
  if (killed !== undefined) return ` (generator ${killed.generator} was ended by ${killed.signal})`;
  return interruption === null ? '' : ` (${interruption.reason})`;
}
