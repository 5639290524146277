// Says in one sentence why a verdict is what it is.

import { type Decision, EXIT } from '../model/exit-code.ts';
import type { Finding } from '../model/finding.ts';
import { GENERATOR_DELAY } from './saturation.ts';
import { some } from './wording.ts';

/** The finding that decides, with its bound and place, and how many more there are; for a pass, what was judged. */
export function because({ deciding, exitCode }: Decision, findings: readonly Finding[]): string {
  if (exitCode === EXIT.pass) return passed(findings);
  const [first, ...more] = deciding;
  if (first === undefined) return 'nothing that this run promises was judged';
  const others = new Set(more.map((finding) => finding.id).filter((id) => id !== first.id && id !== GENERATOR_DELAY));
  const rest = others.size === 0 ? '' : `; also ${[...others].join(', ')}`;
  const late = first.id === GENERATOR_DELAY ? '' : lateness(findings);
  return `${first.id}${placeOf(first)}: ${first.message}${rest}${late}`;
}

/** What was measured by a generator that was late itself is to be read with care, whatever else decides. */
function lateness(findings: readonly Finding[]): string {
  const open = findings.filter(({ id, promised, status }) => id === GENERATOR_DELAY && promised && status !== 'pass');
  const late = open.filter(({ observed }) => observed !== undefined);
  const unknown = open.filter(({ observed }) => observed === undefined);
  return [
    ...(late.length === 0 ? [] : [`; the load generator itself was late in ${stagesOf(late)}`]),
    ...(unknown.length === 0 ? [] : [`; whether the load generator was late in ${stagesOf(unknown)} is not known`]),
  ].join('');
}

function stagesOf(findings: readonly Finding[]): string {
  const stages = findings.map(({ stage }) => stage);
  return `${stages.length === 1 ? 'stage' : 'stages'} ${stages.join(', ')}`;
}

/** ` in stage 500, step checkout` or ` after broker-kill`, as far as there is one. */
export function placeOf({
  stage,
  step,
  population,
  fault,
}: Pick<Finding, 'stage' | 'step' | 'population' | 'fault'>): string {
  if (fault !== undefined) return ` after ${fault}`;
  const parts = [
    ...(stage === undefined ? [] : [`stage ${stage}${population === undefined ? '' : ' at its level'}`]),
    ...(step === undefined ? [] : [`step ${step}`]),
  ];
  return parts.length === 0 ? '' : ` in ${parts.join(', ')}`;
}

function passed(findings: readonly Finding[]): string {
  const judged = findings.filter((finding) => finding.promised && finding.status === 'pass').length;
  const waived = new Set(findings.filter((finding) => finding.waived !== undefined).map((finding) => finding.id));
  const besides = waived.size === 0 ? '' : `; ${some(waived.size, 'bound')} waived: ${[...waived].join(', ')}`;
  return `everything that was promised holds: ${some(judged, 'finding')}${besides}`;
}
