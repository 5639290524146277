// Whether the history tells everything that was done: begun, ended, numbered without gaps, no line lost or damaged. If not, nothing is green.

import type { Finding } from '../model/finding.ts';
import type { Checker } from './checker.ts';
import type { Evidence, RecordCondition } from './evidence.ts';
import { flawsOf } from './record-flaws.ts';
import { some } from './wording.ts';

export const historyComplete: Checker = ({ run, history }) => {
  const finding = judgeRecord('history-complete', 'history.ndjson', history.condition);
  return [finding.status === 'pass' ? finding : { ...finding, message: `${finding.message}${causeIn(run)}` }];
};

/** The same for the final reads: they may be missing only where no order has an id by which it could be read. */
export const finalReadsComplete: Checker = ({ finalReads, history }) => {
  const id = 'final-reads-complete';
  if (finalReads !== null) return [judgeRecord(id, 'final-reads.ndjson', finalReads.condition)];
  const common = { id, kind: 'measurement' as const, promised: true };
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

/** The one way to say whether a file of history lines is whole. */
export function judgeRecord(id: string, file: string, condition: RecordCondition): Finding {
  const flaws = flawsOf(condition);
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
