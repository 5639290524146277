// Tables and text for Markdown that may hold what a target said.

import { printable } from './printable.ts';

/** The first row is the heading. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [heading = [], ...body] = rows.map((row) => `| ${row.map(markdownCell).join(' | ')} |`);
  const rule = `|${(rows[0] ?? []).map(() => ' --- |').join('')}`;
  return [heading, rule, ...body].join('\n');
}

/** Text from a target may hold what Markdown or HTML would act on. */
export function markdownCell(text: string): string {
  return printable(text).replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
