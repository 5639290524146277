// The draft of a post-mortem: what can be told from the files is filled in, what only people know is left to them.

import { count, duration, some } from '../../lib/checkers/wording.ts';
import type { ChaosReport, FaultReport } from '../../lib/model/chaos-report.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import { chaosEvents, utc } from './chaos-events.ts';
import { chaosPicture } from './chaos-picture.ts';
import { fateLines } from './fates.ts';
import { markdownCell, markdownTable } from './markdown.ts';
import { plantedDefects } from './planted-defects.ts';
import { alreadyBroken, RECOVERY_GLOSSARY, recoveryRows } from './recovery-table.ts';

/** Markdown; `undefined` for a run in which nothing was broken. */
export function renderPostMortem(verdict: Verdict): string | undefined {
  const { chaos } = verdict;
  if (chaos === undefined || chaos.faults.length === 0) return undefined;
  const parts = [
    `# Post-mortem (draft): ${markdownCell(chaos.experiment ?? verdict.scenario)} on ${markdownCell(verdict.target)}`,
    `Drafted from the run \`${verdict.run}\`. Times are UTC. What stands in brackets is for people to fill in.`,
    ...plantedDefects(verdict).map((line) => `> ${markdownCell(line)}`),
    `## Summary\n\n${summary(verdict, chaos)}`,
    `## Impact\n\n${impact(verdict, chaos)}`,
    `## Detection\n\n${chaos.faults.map(detection).join('\n')}`,
    `## Recovery\n\n${markdownTable(recoveryRows(chaos.faults))}\n\n_${RECOVERY_GLOSSARY}_`,
    `## Timeline\n\n\`\`\`text\n${chaosPicture(chaos).join('\n')}\n\`\`\`\n\n${timeline(verdict, chaos)}`,
    '## Causes\n\n- [Why did the fault have this effect? What made it worse, what kept it small?]',
    '## What went well\n\n- [ ]',
    '## Actions\n\n| what | why | who | until |\n| --- | --- | --- | --- |\n| [ ] | [ ] | [ ] | [ ] |',
  ];
  return `${parts.join('\n\n')}\n`;
}

function summary(verdict: Verdict, { faults }: ChaosReport): string {
  const keys = faults.map(({ key }) => `\`${markdownCell(key)}\``).join(', ');
  return `While up to ${some(users(verdict), 'order')} at once were on their way, ${some(faults.length, 'fault')} struck: ${keys}. The verdict is **${verdict.word}** (exit ${verdict.exitCode}): ${markdownCell(verdict.because)}`;
}

function users({ stages }: Verdict): number {
  return Math.max(0, ...stages.map(({ usersInFlow }) => usersInFlow));
}

function impact(verdict: Verdict, { outages }: ChaosReport): string {
  const outOfOrderMs = outages.reduce((sum, { fromMs, lastedUntilMs }) => sum + lastedUntilMs - fromMs, 0);
  const isOpen = outages.some(({ toMs }) => toMs === null);
  const times =
    outages.length === 0
      ? 'At no time were orders not completed in time.'
      : `Orders could not be completed in time for ${isOpen ? 'at least ' : ''}${duration(outOfOrderMs)} in ${some(outages.length, 'outage')}${isOpen ? ', the last of which had no end that was seen' : ''}.`;
  return [times, ...fateLines(verdict), verdict.durability].map((line) => `- ${markdownCell(line)}`).join('\n');
}

function detection({ key, struckMs, detectedMs }: FaultReport): string {
  const name = `\`${markdownCell(key)}\``;
  if (detectedMs === null) return `- ${name}: no probe broke, so nobody could notice from outside.`;
  if (detectedMs < struckMs)
    return `- ${name}: probes were ${alreadyBroken({ struckMs, detectedMs })} the strike, so from outside nobody could tell this fault from what was broken before.`;
  return `- ${name}: a probe was broken ${duration(detectedMs - struckMs)} after the strike. [When did monitoring say so, and to whom?]`;
}

function timeline(verdict: Verdict, chaos: ChaosReport): string {
  const events = [
    { timeMs: chaos.startedMs, text: 'the load begins' },
    ...chaosEvents(chaos),
    { timeMs: chaos.endedMs, text: 'the load has ended' },
  ];
  const inOrder = events.toSorted((a, b) => a.timeMs - b.timeMs);
  const rows = inOrder.map(({ timeMs, text }) => [utc(timeMs), text]);
  return `${markdownTable([['UTC', 'what'], ...rows])}\n\n${count(verdict.orders.begun)} orders were begun in all.`;
}
