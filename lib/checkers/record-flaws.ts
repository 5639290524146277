// Says in words why a file of history lines does not tell everything that was done.

import type { RecordCondition, WriterRecord } from './evidence.ts';

const TYPES = ['invoke', 'ok', 'fail', 'info'] as const;

/** One sentence part per flaw; empty when the record is whole: begun, ended, nothing missing, nothing that does not fit. */
export function flawsOf(condition: RecordCondition): readonly string[] {
  if (condition.writers.length === 0) return ['it holds no line of this run'];
  return [...damage(condition), ...condition.writers.flatMap(writerFlaws)];
}

/** One sentence part per writer that should have written the file and did not, or has written it and should not. An empty file says so itself. */
export function writerMismatches({ writers }: RecordCondition, expected: readonly string[]): readonly string[] {
  if (writers.length === 0) return [];
  const seen = writers.map(({ generator }) => generator);
  return [
    ...expected
      .filter((name) => !seen.includes(name))
      .map((name) => `no line of ${name}, which should have written it`),
    ...seen.filter((name) => !expected.includes(name)).map((name) => `lines of ${name}, which had no part in it`),
  ];
}

/** Lines that were written, or should have been, are not there to be read: what looks open may have ended. */
export function hasGaps(condition: RecordCondition): boolean {
  const lost = condition.writers.some((writer) => writer.missingInvokes > 0 || (writer.end?.lostLines ?? 0) > 0);
  return condition.damagedLines > 0 || lost || condition.writers.some(hasFewerLines);
}

/** The invoke of the last operation leaves no gap in the numbers when it is gone: only the counts of the end line tell. */
function hasFewerLines({ end, counts }: WriterRecord): boolean {
  return end !== null && TYPES.some((type) => end.counts[type] > counts[type]);
}

function damage({ damagedLines, damage: examples, tornLastLine }: RecordCondition): string[] {
  const first = examples[0];
  const where = first === undefined ? '' : ` (the first: line ${first.line} ${first.reason})`;
  return [
    ...counted(damagedLines, `damaged line(s)${where}`),
    ...(tornLastLine ? ['the last line is torn: its writer was cut off'] : []),
  ];
}

function writerFlaws(writer: WriterRecord): string[] {
  const of = writer.generator;
  return [
    ...(writer.begin === null ? [`no begin line of ${of}`] : []),
    ...counted(writer.repeatedBegins, `begin line(s) of ${of} beyond the first`),
    ...(writer.end === null ? [`no end line of ${of}: it was killed or could not write`] : endFlaws(writer)),
    ...counted(writer.missingInvokes, `invoke line(s) of ${of} missing`),
    ...counted(writer.linesAfterEnd, `line(s) after the end line of ${of}`),
    ...impossibleLines(writer),
  ];
}

/** Lines that no right writer writes, however it was ended: a defect of the suite unless the file is damaged. */
export function impossibleLines(writer: WriterRecord): string[] {
  return [
    ...counted(writer.repeatedInvokes, `operation(s) of ${writer.generator} begun twice`),
    ...counted(writer.repeatedCompletions, `operation(s) of ${writer.generator} completed twice`),
    ...counted(writer.completionsWithoutInvoke, `completion(s) of ${writer.generator} without an invoke`),
    ...counted(writer.misfits, `completion(s) of ${writer.generator} that do not fit their invoke`),
  ];
}

function endFlaws({ generator, end, counts }: WriterRecord): string[] {
  if (end === null) return [];
  const wrong = TYPES.filter((type) => end.counts[type] !== counts[type]);
  return [
    ...counted(end.lostLines, `line(s) that ${generator} could not write (disk full?)`),
    ...wrong.map((type) => `${counts[type]} ${type} lines of ${generator} where it wrote ${end.counts[type]}`),
  ];
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}
