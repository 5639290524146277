// Says in one sentence why a verdict is what it is.

import { type Decision, EXIT } from '../model/exit-code.ts';
import type { Finding } from '../model/finding.ts';
import { some } from './wording.ts';

/** The finding that decides, with its bound and place, and how many more there are; for a pass, what was judged. */
export function because({ deciding, exitCode }: Decision, findings: readonly Finding[]): string {
  if (exitCode === EXIT.pass) return passed(findings);
  const [first, ...more] = deciding;
  if (first === undefined) return 'nothing that this run promises was judged';
  const others = new Set(more.map((finding) => finding.id).filter((id) => id !== first.id));
  const rest = others.size === 0 ? '' : `; also ${[...others].join(', ')}`;
  return `${first.id}${placeOf(first)}: ${first.message}${rest}`;
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
