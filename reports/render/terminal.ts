// The verdict for a terminal, to be read in ten seconds: the word first, then stages, fates, what to look at, what was not measured.

import { join } from 'node:path';
import { styleText } from 'node:util';
import { placeOf } from '../../lib/checkers/because.ts';
import { duration } from '../../lib/checkers/wording.ts';
import type { ChaosReport } from '../../lib/model/chaos-report.ts';
import type { Finding } from '../../lib/model/finding.ts';
import { AWAIT } from '../../lib/model/history.ts';
import type { Verdict, VerdictWord } from '../../lib/model/verdict.ts';
import { chaosEvents, offset } from './chaos-events.ts';
import { chaosPicture } from './chaos-picture.ts';
import { fateLines } from './fates.ts';
import {
  firstOrders,
  groupFindings,
  type NamedOrder,
  sentenceOf,
  throughMeasurement,
  withoutRepeats,
} from './finding-groups.ts';
import { messageLines } from './messages.ts';
import { plantedDefects } from './planted-defects.ts';
import { printable } from './printable.ts';
import { recoveryRows } from './recovery-table.ts';
import { shellWord } from './shell-word.ts';
import { stageRows } from './stage-table.ts';
import { alignColumns } from './table.ts';

export interface TerminalView {
  /** The run directory, as the reader may type it. */
  readonly directory: string;
  readonly colour: boolean;
}

const COLOURS = { pass: 'green', fail: 'red', inconclusive: 'yellow', stopped: 'yellow' } as const satisfies Record<
  VerdictWord,
  'green' | 'red' | 'yellow'
>;
/** More than this would push the verdict off the screen; all findings are in verdict.json and summary.md. */
const ENTRIES_SHOWN = 8;
const ORDERS_SHOWN = 3;

/** Ends with a line end. Pure: looks neither at the environment nor at the run directory. */
export function renderTerminal(verdict: Verdict, { directory, colour }: TerminalView): string {
  const paint: Paint = (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text);
  const headline = (text: string): string => paint('bold', text);
  const word = paint(['bold', COLOURS[verdict.word]], verdict.word.toUpperCase());
  const { toLookAt, notMeasured, waived } = groupFindings(verdict.findings);
  const shownFirst = withoutRepeats(toLookAt);
  const length = duration(verdict.endedMs - verdict.startedMs);
  const lines = [
    `${word} (exit ${verdict.exitCode}): ${printable(verdict.because)}`,
    paint(
      'dim',
      `${verdict.scenario}, profile ${verdict.profile}, target ${verdict.target}, ${length}: ${verdict.run}`,
    ),
    ...plantedDefects(verdict).map((line) => paint('yellow', line)),
    '',
    ...subjectLines(verdict, paint),
    ...section(
      headline('look at'),
      lookAt(shownFirst, { directory, items: itemsOf(verdict) }),
      Math.max(ENTRIES_SHOWN, throughMeasurement(shownFirst)),
    ),
    ...section(
      headline('waived'),
      waived.map((finding) => `${nameOf(finding)}: ${printable(finding.waived ?? '')}`),
    ),
    ...section(headline('not measured'), notMeasuredLines(withoutRepeats(notMeasured))),
    '',
    paint('dim', `all findings: ${join(directory, 'summary.md')}, ${join(directory, 'verdict.json')}`),
  ];
  return `${lines.join('\n')}\n`;
}

type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** What the run was about: stages and orders, or messages. */
function subjectLines(verdict: Verdict, paint: Paint): readonly string[] {
  const { messages, durability } = verdict;
  const named = (name: string, lines: readonly string[]): readonly string[] => [
    ...lines.map((line, index) => `${(index === 0 ? name : '').padEnd(name.length)}  ${line}`),
    paint('dim', `${' '.repeat(name.length)}  ${durability}`),
  ];
  if (messages !== undefined) return named('messages', messageLines(messages));
  const [table = '', ...stages] = alignColumns(stageRows(verdict.stages), 'figures');
  return [
    ...[paint('dim', table), ...stages, '', ...named('orders', fateLines(verdict))],
    ...(verdict.chaos === undefined ? [] : chaosLines(verdict.chaos, paint)),
  ];
}

function chaosLines(chaos: ChaosReport, paint: Paint): readonly string[] {
  const [heading = '', ...faults] = alignColumns(recoveryRows(chaos.faults), 'figures');
  const events = chaosEvents(chaos).map(({ timeMs, text }) => [offset(chaos, timeMs), text]);
  return [
    ...['', ...chaosPicture(chaos)],
    ...(faults.length === 0 ? [] : ['', paint('dim', heading), ...faults]),
    ...(events.length === 0 ? [] : ['', ...alignColumns(events)]),
  ];
}

function itemsOf({ messages }: Verdict): 'order' | 'message' {
  return messages === undefined ? 'order' : 'message';
}

function section(title: string, entries: readonly string[], limit = ENTRIES_SHOWN): readonly string[] {
  if (entries.length === 0) return [];
  const more = entries.length - limit;
  const shown = entries.slice(0, limit).flatMap((entry) => entry.split('\n'));
  return [
    '',
    title,
    ...shown.map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${more} more: see summary.md`] : []),
  ];
}

/** Each finding, and how to follow its first orders through the files; orders that were named above are not named again. */
function lookAt(
  findings: readonly Finding[],
  { directory, items }: { readonly directory: string; readonly items: 'order' | 'message' },
): readonly string[] {
  const files = ['history.ndjson', 'final-reads.ndjson'].map((name) => shellWord(join(directory, name))).join(' ');
  const named = new Set<string>();
  return findings.map((finding) => {
    const line = `${markOf(finding)} ${nameOf(finding)}: ${printable(sentenceOf(finding))}`;
    const orders = firstOrders(finding, ORDERS_SHOWN);
    const [first] = orders;
    if (first === undefined || named.has(first.key)) return line;
    for (const { key } of orders) named.add(key);
    const names = orders.map((order) => `    ${items} ${orderName(order)}`);
    return [line, ...names, `    ${grepFor(first.key)} ${files}`].join('\n');
  });
}

/** A key may be any text that a message came with: it is looked for as it stands in the files, and is no part of the command. */
function grepFor(key: string): string {
  const word = shellWord(printable(JSON.stringify(key).slice(1, -1)));
  return word === key ? `grep -h ${word}` : `grep -hF -e ${word}`;
}

/** One line per stage, with the reason where there is but one finding; one line per reason for what is of no stage. */
function notMeasuredLines(findings: readonly Finding[]): readonly string[] {
  const ofRun = findings.filter((finding) => finding.stage === undefined);
  const byStage = Map.groupBy(
    findings.filter((finding) => finding.stage !== undefined),
    (finding) => finding.stage ?? '',
  );
  return [
    ...Array.from(
      Map.groupBy(ofRun, (finding) => finding.message),
      ([message, all]) => `${all.map(nameOf).join(', ')}: ${printable(message)}`,
    ),
    ...Array.from(byStage, ([stage, all]) => {
      const [only, ...others] = all;
      if (only !== undefined && others.length === 0) return `${nameOf(only)}: ${printable(only.message)}`;
      // Polls are judged beside the steps: the bound itself may well have been judged.
      const names = new Set(all.map(({ id, step }) => (step === AWAIT ? `${id} of polls` : id)));
      return `in stage ${stage}, not judged and not promised (summary.md says why): ${[...names].join(', ')}`;
    }),
  ];
}

/** `✗` a promise that is broken, `!` what nobody promised here and is broken all the same, `?` a promise that could not be judged. */
function markOf({ status, promised }: Finding): string {
  if (status !== 'fail') return '?';
  return promised ? '✗' : '!';
}

/** The key, by which the files know it, and the id by which the platform's own people can look it up. */
function orderName({ key, orderId }: NamedOrder): string {
  return printable(orderId === null ? key : `${key}, on the platform ${orderId}`);
}

function nameOf(finding: Finding): string {
  return printable(`${finding.id}${placeOf(finding)}`);
}
