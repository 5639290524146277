// What a checker is, and how it says which bounds a run is held to.

import { type Bound, isHeldTo } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import { EVIDENCE_LIMIT } from '../model/finding.ts';
import { PROBE_STAGE } from '../model/probe.ts';
import type { RunRecord } from '../model/run.ts';
import type { Evidence } from './evidence.ts';

/** From what a run wrote to what is to be said about it. Pure; judges by the bounds it is given and invents none. */
export type Checker = (evidence: Evidence, bounds: readonly Bound[]) => readonly Finding[];

/** True when the run's profile promises the bound, and the target is one that it is promised to. */
export function isPromised(bound: Bound, run: RunRecord): boolean {
  return isHeldTo(bound, run.profile.name, run.target.promises);
}

/** The bounds on `metric` that the run is held to: those that its profile promises, and no other. */
export function boundsOn(metric: string, bounds: readonly Bound[], run: RunRecord): readonly Bound[] {
  return bounds.filter((bound) => bound.metric === metric && isPromised(bound, run));
}

/** The bound's part of a finding. */
export function ofBound({ id, comparison, limit, unit }: Bound): Pick<Finding, 'id' | 'comparison' | 'limit' | 'unit'> {
  return { id, comparison, limit, unit };
}

/** What a finding about integrity says of the promise that it judges. */
export type Held = Pick<Finding, 'id' | 'comparison' | 'limit' | 'unit' | 'promised'>;

/** The bounds on `metric`, promised or not; where the run was given none, `unbounded`: what was harmed is found all the same. */
export function heldTo(metric: string, bounds: readonly Bound[], run: RunRecord, unbounded: Held): readonly Held[] {
  const given = bounds.filter((bound) => bound.metric === metric);
  if (given.length === 0) return [unbounded];
  return given.map((bound) => ({ ...ofBound(bound), promised: isPromised(bound, run) }));
}

/** The stages of the profile in their order, then any others that the history names; the probe is none. */
export function stageNames({ run, history }: Evidence): readonly string[] {
  const named = [...history.stages.keys()].filter((stage) => stage !== PROBE_STAGE);
  return [...new Set([...run.profile.stages.map((stage) => stage.name), ...named])];
}

/** False only for a stage of which the profile says that too few orders there do not matter. */
export function isPromisedStage(run: RunRecord, name: string): boolean {
  return run.profile.stages.find((stage) => stage.name === name)?.promised ?? true;
}

/** A list for a finding's evidence: cut to EVIDENCE_LIMIT entries, beside the full count. */
export function listed<T>(items: readonly T[]): { readonly count: number; readonly listed: readonly T[] } {
  return { count: items.length, listed: items.slice(0, EVIDENCE_LIMIT) };
}
