// Guards against a green that measured nothing: every bound must have got a finding, or the report says that it was not measured.

import { type Bound, USUAL_CUSTOMER } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import type { RunRecord } from '../model/run.ts';
import { isPromised } from './checker.ts';

/** A `not-measured` finding for each bound that no checker spoke about, e.g. because its metric is a typing error. */
export function unmeasuredBounds(
  bounds: readonly Bound[],
  findings: readonly Finding[],
  run: RunRecord,
): readonly Finding[] {
  const judged = new Set(findings.map((finding) => finding.id));
  return bounds
    .filter((bound) => !judged.has(bound.id))
    .map((bound) => {
      const promised = isPromised(bound, run);
      const why = promised ? `nothing in this run measures ${bound.metric}` : whyNotPromised(bound, run);
      return { id: bound.id, kind: 'measurement', status: 'not-measured', promised, message: `not measured: ${why}` };
    });
}

function whyNotPromised(bound: Bound, { profile, target }: RunRecord): string {
  const promises = target.promises ?? USUAL_CUSTOMER;
  if (!bound.promisedTo.includes(promises)) return `this target is held to what ${promises} was promised`;
  return `the profile ${profile.name} does not promise it`;
}
