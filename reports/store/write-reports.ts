// Writes what a run says in the end into its directory: verdict.json, summary.md, junit.xml and, where something was broken, the draft of a post-mortem.

import type { Verdict } from '../../lib/model/verdict.ts';
import { renderJUnit } from '../render/junit.ts';
import { renderPostMortem } from '../render/post-mortem.ts';
import { renderSummaryMarkdown } from '../render/summary-md.ts';
import type { RunDirectory } from './run-directory.ts';
import { isVerdict } from './schemas.ts';
import { writeAtomically, writeJson } from './write-atomically.ts';

/** verdict.json comes last: where it stands, the others do as well. A verdict that breaks its schema rejects and is not written. */
export async function writeReports(directory: RunDirectory, verdict: Verdict): Promise<void> {
  await writeAtomically(directory.summaryMarkdown, renderSummaryMarkdown(verdict));
  await writeAtomically(directory.junit, renderJUnit(verdict));
  const postMortem = renderPostMortem(verdict);
  if (postMortem !== undefined) await writeAtomically(directory.postMortem, postMortem);
  await writeJson(directory.verdict, verdict, isVerdict);
}
