// The doctor's report for the terminal: a table of what was seen, then what to do, then the one sentence that matters.

import { styleText } from 'node:util';
import { alignColumns } from '../../reports/render/table.ts';
import { type Check, canRun, type Health } from './check.ts';

const WORDS: Readonly<Record<Health, string>> = {
  ok: 'ok',
  automatic: 'on first run',
  limited: 'limited',
  blocking: 'BLOCKS',
};

const COLOURS = { ok: 'green', automatic: 'cyan', limited: 'yellow', blocking: 'red' } as const;

/** Colours only when standard output is a terminal that has them. */
export function renderChecks(checks: readonly Check[]): string {
  const rows = checks.map((check) => [WORDS[check.health], check.name, check.seen.replaceAll('\n', ' ')]);
  const lines = alignColumns(rows);
  const table = lines.map((line, index) => coloured(line, checks[index]?.health ?? 'ok'));
  const advice = checks.flatMap((check) => (check.advice === undefined ? [] : [`  ${check.name}: ${check.advice}`]));
  return [...table, ...(advice.length > 0 ? ['', 'What to do:', ...advice] : []), '', lastSentence(checks), ''].join(
    '\n',
  );
}

function lastSentence(checks: readonly Check[]): string {
  if (canRun(checks)) return 'The gate can run here.';
  const blocking = checks.filter((check) => check.health === 'blocking').map((check) => check.name);
  return `The gate cannot run here yet: ${blocking.join(', ')}.`;
}

function coloured(line: string, health: Health): string {
  const word = WORDS[health];
  const colour = styleText(COLOURS[health], word, { stream: process.stdout });
  return `${colour}${line.slice(word.length)}`;
}
