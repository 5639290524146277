// The verdict as Markdown: summary.md of a run directory, and the job page of a CI system.

import { placeOf } from '../../lib/checkers/because.ts';
import { duration, quantity } from '../../lib/checkers/wording.ts';
import type { ChaosReport } from '../../lib/model/chaos-report.ts';
import type { Finding } from '../../lib/model/finding.ts';
import type { MessageFigures } from '../../lib/model/message.ts';
import type { Verdict, VerdictWord } from '../../lib/model/verdict.ts';
import { chaosEvents, utc } from './chaos-events.ts';
import { chaosPicture } from './chaos-picture.ts';
import { fateGlossary, fateLines } from './fates.ts';
import { firstOrders, groupFindings, type NamedOrder, sentenceOf } from './finding-groups.ts';
import { markdownCell, markdownTable } from './markdown.ts';
import { messageGlossary, messageLines } from './messages.ts';
import { plantedDefects } from './planted-defects.ts';
import { RECOVERY_GLOSSARY, recoveryRows } from './recovery-table.ts';
import { stageRows } from './stage-table.ts';

const SIGNS = { pass: '✅', fail: '❌', inconclusive: '❔', stopped: '⏹️' } as const satisfies Record<
  VerdictWord,
  string
>;
const STATUS_SIGNS = { pass: '✅', fail: '❌', inconclusive: '❔', 'not-measured': '–' } as const;
const ORDERS_SHOWN = 10;

/** Every finding of the verdict; lists of orders are cut, they are whole in verdict.json. */
export function renderSummaryMarkdown(verdict: Verdict): string {
  const { toLookAt, notMeasured, waived } = groupFindings(verdict.findings);
  const passed = verdict.findings.filter((finding) => finding.status === 'pass' && finding.waived === undefined);
  const parts = [
    `# ${SIGNS[verdict.word]} ${verdict.word}: exit ${verdict.exitCode}`,
    markdownCell(verdict.because),
    ...plantedDefects(verdict).map((line) => `> ${markdownCell(line)}`),
    factsOf(verdict),
    ...(verdict.messages === undefined ? orderParts(verdict) : [messagesPart(verdict.messages, verdict.durability)]),
    ...findingsPart('Look at', toLookAt),
    ...findingsPart('Waived by the target', waived),
    ...findingsPart('Not measured', notMeasured),
    ...findingsPart('Passed', passed),
  ];
  return `${parts.join('\n\n')}\n`;
}

function factsOf(verdict: Verdict): string {
  const facts: readonly (readonly [string, string])[] = [
    ['run', `\`${verdict.run}\``],
    ['scenario', verdict.scenario],
    ['profile', verdict.profile],
    ['target', verdict.target],
    ['began', new Date(verdict.startedMs).toISOString()],
    ['took', duration(verdict.endedMs - verdict.startedMs)],
  ];
  return markdownTable([['', ''], ...facts]);
}

function orderParts(verdict: Verdict): readonly string[] {
  const stages = `## Stages\n\nOrder completion time, then flow time, over every order submitted in the stage.\n\n${markdownTable(stageRows(verdict.stages))}`;
  return [stages, ordersPart(verdict), ...(verdict.chaos === undefined ? [] : [faultsPart(verdict.chaos)])];
}

function faultsPart(chaos: ChaosReport): string {
  const events = chaosEvents(chaos).map(({ timeMs, text }) => [utc(timeMs), text]);
  return [
    '## Faults',
    ...(chaos.faults.length === 0
      ? ['No fault struck.']
      : [markdownTable(recoveryRows(chaos.faults)), `_${RECOVERY_GLOSSARY}_`]),
    `\`\`\`text\n${chaosPicture(chaos).join('\n')}\n\`\`\``,
    ...(events.length === 0 ? [] : [markdownTable([['UTC', 'what'], ...events])]),
  ].join('\n\n');
}

function messagesPart(messages: MessageFigures, durability: string): string {
  const items = [...messageLines(messages), durability].map((line) => `- ${line}`);
  return ['## Messages', items.join('\n'), `_${messageGlossary()}_`].join('\n\n');
}

function ordersPart(verdict: Verdict): string {
  const items = [...fateLines(verdict), verdict.durability].map((line) => `- ${line}`);
  return ['## Orders', items.join('\n'), `_${fateGlossary(verdict)}_`].join('\n\n');
}

function findingsPart(title: string, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const heading = ['', 'finding', 'observed', 'bound', 'samples', 'what was seen'];
  return [`## ${title}\n\n${markdownTable([heading, ...findings.map(rowOf)])}`];
}

function rowOf(finding: Finding): readonly string[] {
  const { observed, comparison, limit, unit = '', samples } = finding;
  const named = firstOrders(finding, ORDERS_SHOWN).map(orderName);
  const orders =
    named.length === 0 ? '' : `; ${finding.unit === 'messages' ? 'messages' : 'orders'} ${named.join(', ')}`;
  const waived = finding.waived === undefined ? '' : `; waived: ${finding.waived}`;
  return [
    finding.status === 'fail' && !finding.promised ? '❗' : STATUS_SIGNS[finding.status],
    `${finding.id}${placeOf(finding)}`,
    observed === undefined ? '' : quantity(observed, unit),
    limit === undefined ? '' : `${comparison ?? ''} ${quantity(limit, unit)}`,
    samples === undefined ? '' : String(samples),
    `${sentenceOf(finding)}${orders}${waived}`,
  ];
}

function orderName({ key, orderId }: NamedOrder): string {
  return orderId === null ? `\`${key}\`` : `\`${key}\` (on the platform \`${orderId}\`)`;
}
