// The figures of each fault as the rows of a table, the heading first.

import { count, duration } from '../../lib/checkers/wording.ts';
import type { FaultReport } from '../../lib/model/chaos-report.ts';
import { printable } from './printable.ts';

const HEADING = [
  'fault',
  'detected after',
  'well from inject',
  'from first broken',
  'from heal',
  'backlog gone',
  'accepted',
  'turned away',
  'at risk',
  'lost',
  'healed',
];

/** `–` where nothing broke, or where it was broken before, `?` where the end was not seen. */
export function recoveryRows(faults: readonly FaultReport[]): readonly (readonly string[])[] {
  return [HEADING, ...faults.map(rowOf)];
}

/** What the words of the table mean, in one line. */
export const RECOVERY_GLOSSARY =
  'well: from then on no probe broke for the settle time · from heal: after healing began · backlog gone: the queues are as before (`none`: they never held more) · ' +
  'accepted, turned away: orders between the strike and the recovery · at risk: acknowledged and not final at the strike, or acknowledged until all was healed';

function rowOf(fault: FaultReport): readonly string[] {
  const { struckMs, detectedMs, fromInjectMs, fromFirstBrokenMs, fromHealMs, drainMs, effectSeen, healedMs } = fault;
  return [
    `${printable(fault.key)}${effectSeen ? '' : ' (no effect seen)'}`,
    detectedMs === null ? '–' : detection({ struckMs, detectedMs }),
    length(fromInjectMs),
    detectedMs === null || detectedMs < struckMs ? '–' : length(fromFirstBrokenMs),
    length(fromHealMs),
    drainMs === 0 ? 'none' : length(drainMs),
    count(fault.accepted),
    count(fault.turnedAway),
    count(fault.atRisk),
    count(fault.lostAtRisk),
    healedMs === null ? 'NOT SEEN' : 'yes',
  ];
}

interface Detected {
  readonly struckMs: number;
  readonly detectedMs: number;
}

function detection({ struckMs, detectedMs }: Detected): string {
  return detectedMs < struckMs ? alreadyBroken({ struckMs, detectedMs }) : duration(detectedMs - struckMs);
}

/** `already broken 2.3 s before`; the strike is meant. */
export function alreadyBroken({ struckMs, detectedMs }: Detected): string {
  return `already broken ${duration(struckMs - detectedMs)} before`;
}

function length(ms: number | null): string {
  return ms === null ? '?' : duration(ms);
}
