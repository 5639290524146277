// What happened in a run with faults, in the order in which it happened.

import { some } from '../../lib/checkers/wording.ts';
import type { ChaosReport, FaultReport, OutageReport } from '../../lib/model/chaos-report.ts';
import { printable } from './printable.ts';

export interface ChaosEvent {
  readonly timeMs: number;
  readonly text: string;
}

export function chaosEvents({ faults, outages }: ChaosReport): readonly ChaosEvent[] {
  const events = [...faults.flatMap(faultEvents), ...outages.flatMap(outageEvents(faults))];
  return events.toSorted((a, b) => a.timeMs - b.timeMs);
}

/** `+18.2 s` after the load began. */
export function offset({ startedMs }: Pick<ChaosReport, 'startedMs'>, timeMs: number): string {
  return `+${((timeMs - startedMs) / 1000).toFixed(1)} s`;
}

/** `2026-11-21T12:00:00.000Z`. */
export function utc(timeMs: number): string {
  return new Date(Math.round(timeMs)).toISOString();
}

function faultEvents(fault: FaultReport): readonly ChaosEvent[] {
  const { struckMs, healBeganMs, healedMs, effectSeen, complaint } = fault;
  const key = printable(fault.key);
  const why = complaint === null ? '' : `: ${printable(complaint)}`;
  const effect = effectSeen ? '' : `; no effect was seen${why}`;
  return [
    { timeMs: struckMs, text: `fault ${key} strikes ${printable(JSON.stringify(fault.intent))}${effect}` },
    ...(healBeganMs === null ? [] : [{ timeMs: healBeganMs, text: `healing of ${key} begins` }]),
    ...(healedMs === null ? [] : [{ timeMs: healedMs, text: `${key} is healed` }]),
  ];
}

function outageEvents(faults: readonly FaultReport[]) {
  return ({ fromMs, toMs, brokenProbes, step, code }: OutageReport): readonly ChaosEvent[] => {
    const met = [step, code].filter((word) => word !== null).join(': ');
    const from = faults.filter(({ recoveredMs }) => recoveredMs === toMs).map(({ key }) => printable(key));
    const recovered = from.length === 0 ? '' : `: recovered from ${from.join(', ')}`;
    return [
      { timeMs: fromMs, text: `orders are not completed in time any more${met === '' ? '' : ` (${printable(met)})`}` },
      ...(toMs === null
        ? []
        : [
            {
              timeMs: toMs,
              text: `orders are completed in time again, after ${some(brokenProbes, 'broken probe')}${recovered}`,
            },
          ]),
    ];
  };
}
