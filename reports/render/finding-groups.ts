// Sorts findings for readers: what decided, what else is wrong, what could not be judged, what was not measured.

import { decidingFindings } from '../../lib/model/exit-code.ts';
import type { Finding } from '../../lib/model/finding.ts';

export interface FindingGroups {
  /** Failed, and promised but not judged. Those that decide first; but what kept the run from measuring stands before any bound. */
  readonly toLookAt: readonly Finding[];
  /** Neither judged nor promised. */
  readonly notMeasured: readonly Finding[];
  readonly waived: readonly Finding[];
}

export function groupFindings(findings: readonly Finding[]): FindingGroups {
  const deciding = decidingFindings(findings);
  const counted = findings.filter((finding) => finding.waived === undefined && finding.status !== 'pass');
  const failed = counted.filter((finding) => finding.status === 'fail');
  const open = counted.filter((finding) => finding.status !== 'fail');
  const wrong = [...failed, ...open.filter((finding) => finding.promised)];
  const graver = deciding.filter(({ kind }) => kind !== 'bound' && kind !== 'measurement');
  return {
    toLookAt: [...new Set([...graver, ...wrong.filter(isOfMeasurement), ...deciding, ...wrong])],
    notMeasured: open.filter((finding) => !finding.promised),
    waived: findings.filter((finding) => finding.waived !== undefined),
  };
}

/** A bound says little where the run itself did not measure as it promised. */
export function isOfMeasurement({ kind }: Finding): boolean {
  return kind === 'measurement';
}

/** How many findings must be shown so that all of the measurement are. */
export function throughMeasurement(toLookAt: readonly Finding[]): number {
  return toLookAt.findLastIndex(isOfMeasurement) + 1;
}

/** Without what is said of all orders of a stage already and is said once more of those at its level. */
export function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    ({ id, stage, status, population }) =>
      population === undefined ||
      (status === 'fail' &&
        !findings.some(
          (each) => each.id === id && each.stage === stage && each.population === undefined && each.status === 'fail',
        )),
  );
}

/** Its message; of what is broken though nobody promised it, that is said, too. */
export function sentenceOf({ status, promised, message }: Finding): string {
  return status === 'fail' && !promised ? `not promised, and broken all the same: ${message}` : message;
}

/** An order as a finding's evidence names it. */
export interface NamedOrder {
  /** The client-made id. */
  readonly key: string;
  /** The platform's id, as far as it was told. */
  readonly orderId: string | null;
}

/** The first orders that a finding lists; empty when it lists none. */
export function firstOrders(finding: Finding, limit: number): readonly NamedOrder[] {
  if (typeof finding.evidence !== 'object' || finding.evidence === null) return [];
  const lists = Object.values(finding.evidence).flatMap((part) => {
    const list = typeof part === 'object' && part !== null && 'listed' in part ? part.listed : undefined;
    return Array.isArray(list) ? list : [];
  });
  return lists.map(orderOf).slice(0, limit);
}

function orderOf(entry: unknown): NamedOrder {
  if (typeof entry === 'string') return { key: entry, orderId: null };
  const { key, orderId } = entry as { readonly key?: unknown; readonly orderId?: unknown };
  return { key: String(key), orderId: typeof orderId === 'string' ? orderId : null };
}
