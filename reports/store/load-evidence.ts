// Reads a run directory into the evidence that the checkers judge.

import { basename } from 'node:path';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { TappedFold } from '../../lib/checkers/events/fold-tapped.ts';
import type {
  DamagedFile,
  Evidence,
  FoldedFinalReads,
  FoldedHistory,
  FoldedTapped,
  FoldedTimeline,
  PlatformRows,
} from '../../lib/checkers/evidence.ts';
import { foldFaults } from '../../lib/checkers/faults/fold-faults.ts';
import { foldFinalReads } from '../../lib/checkers/fold-final-reads.ts';
import { foldHistory } from '../../lib/checkers/fold-history.ts';
import { PlatformRowsFold } from '../../lib/checkers/fold-platform-rows.ts';
import { TimelineFold } from '../../lib/checkers/fold-timeline.ts';
import { stopNoticedMs } from '../../lib/checkers/stop.ts';
import type { Observation } from '../../lib/model/evidence.ts';
import type { RunRecord } from '../../lib/model/run.ts';
import { exists, readLines } from './json-lines.ts';
import { loadMessages } from './load-messages.ts';
import { parseJson, readJson } from './read-json.ts';
import type { RunDirectory } from './run-directory.ts';
import {
  complaintOf,
  isEffectsLine,
  isHistoryLine,
  isObservation,
  isRunRecord,
  isTapLine,
  isTimelineLine,
} from './schemas.ts';

/**
 * Everything that the run wrote. Only `run.json` must be there and right; whatever else is missing, cut or damaged becomes
 * part of the evidence, and so a finding.
 */
export async function loadEvidence(directory: RunDirectory): Promise<Evidence> {
  const run = await readRunRecord(directory);
  const damagedFiles: DamagedFile[] = [];
  const told = run.messages === undefined ? await loadOrders(directory, run) : await loadMessages(directory, run);
  const { history } = told;
  return {
    run,
    ...told,
    ...(await loadFaults(directory, run)),
    platform: await loadPlatformRows(directory, history, damagedFiles),
    tapped: await loadTapped(directory, damagedFiles),
    observations: await loadObservations(directory, damagedFiles),
    timeline: await loadTimeline(directory),
    damagedFiles,
  };
}

async function loadOrders(directory: RunDirectory, run: RunRecord): Promise<Pick<Evidence, 'history' | 'finalReads'>> {
  const history = await loadHistory(directory, run);
  return { history, finalReads: await loadFinalReads(directory, run, history) };
}

/** The orders of the load generator's history, as far as it was written; empty when there is none. */
export async function loadHistory(directory: RunDirectory, run: RunRecord): Promise<FoldedHistory> {
  return foldHistory(readLines(directory.history), { run: run.run, stopMs: stopNoticedMs(run), isHistoryLine });
}

/** Reads `run.json`; rejects with a StampedeError when it is missing or is not a run record. */
export async function readRunRecord(directory: RunDirectory): Promise<RunRecord> {
  return readJson(directory.run, isRunRecord);
}

async function loadFinalReads(
  directory: RunDirectory,
  { run }: RunRecord,
  { orders }: FoldedHistory,
): Promise<FoldedFinalReads | null> {
  if (!(await exists(directory.finalReads))) return null;
  return foldFinalReads(readLines(directory.finalReads), { run, orders, isHistoryLine });
}

async function loadFaults(directory: RunDirectory, { run }: RunRecord): Promise<Pick<Evidence, 'chaos'>> {
  if (!(await exists(directory.chaos))) return {};
  return { chaos: await foldFaults(readLines(directory.chaos), { run, isHistoryLine }) };
}

async function loadPlatformRows(
  directory: RunDirectory,
  { orders }: FoldedHistory,
  damagedFiles: DamagedFile[],
): Promise<PlatformRows | null> {
  if (!(await exists(directory.effects))) return null;
  const fold = new PlatformRowsFold(orders);
  const damage = await eachLine(directory.effects, isEffectsLine, (line) => fold.add(line));
  if (damage === null) return fold.result();
  damagedFiles.push(damage);
  return null;
}

async function loadTapped(directory: RunDirectory, damagedFiles: DamagedFile[]): Promise<FoldedTapped | null> {
  if (!(await exists(directory.events))) return null;
  const fold = new TappedFold();
  const damage = await eachLine(directory.events, isTapLine, (line) => fold.add(line));
  if (damage === null) return fold.result();
  damagedFiles.push(damage);
  return null;
}

async function loadObservations(
  directory: RunDirectory,
  damagedFiles: DamagedFile[],
): Promise<readonly Observation[] | null> {
  if (!(await exists(directory.observations))) return null;
  const observations: Observation[] = [];
  const damage = await eachLine(directory.observations, isObservation, (line) => observations.push(line));
  if (damage === null) return observations;
  damagedFiles.push(damage);
  return null;
}

/** A damaged line is counted as one and no more: what it said is missing, and the checkers see that. */
async function loadTimeline(directory: RunDirectory): Promise<FoldedTimeline | null> {
  if (!(await exists(directory.timeline))) return null;
  const fold = new TimelineFold();
  for await (const lines of readLines(directory.timeline)) {
    for (const text of lines) {
      const line: unknown = TimelineFold.concerns(text) ? parseJson(text) : undefined;
      if (isTimelineLine(line)) fold.add(line);
      else fold.passOver();
    }
  }
  return fold.result();
}

/** Hands every line on that is what it should be; tells of the others. */
async function eachLine<T>(
  path: string,
  isLine: ValidateFunction<T>,
  take: (line: T) => void,
): Promise<DamagedFile | null> {
  let damaged = 0;
  let number = 0;
  let reason = '';
  for await (const lines of readLines(path)) {
    for (const text of lines) {
      number += 1;
      const line: unknown = parseJson(text);
      if (isLine(line)) take(line);
      else {
        reason ||= `line ${number}: ${line === undefined ? 'is not JSON' : complaintOf(isLine)}`;
        damaged += 1;
      }
    }
  }
  return damaged === 0 ? null : { file: basename(path), lines: damaged, reason };
}
