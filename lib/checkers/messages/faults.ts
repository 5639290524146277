// Whether the faults struck at all, and whether all was well again after each of them.

import type { Finding } from '../../model/finding.ts';
import type { Checker } from '../checker.ts';
import { judgeRecord } from '../history-complete.ts';
import { some } from '../wording.ts';
import type { FaultRecord } from './message-evidence.ts';
import { messagesOf } from './message-figures.ts';

/** A fault that left no trace on its target was none. */
export const faultsStruck: Checker = (evidence) => {
  const { told, seen } = messagesOf(evidence);
  if (told.fault === 'none') return [];
  const idle = seen.faults.filter(({ inject }) => inject !== 'ok');
  const common = { id: 'faults-struck', kind: 'measurement' as const, promised: true };
  if (seen.faults.length === 0) return [{ ...common, status: 'inconclusive', message: 'no fault was injected' }];
  if (idle.length === 0) {
    return [{ ...common, status: 'pass', message: `${some(seen.faults.length, 'fault')} seen to strike` }];
  }
  const message = `${idle.length} of ${some(seen.faults.length, 'fault')} without an effect that was seen: ${reasonOf(idle)}`;
  return [{ ...common, status: 'inconclusive', message }];
};

/** Exit 7 when one is not: a fault of ours may still be active. */
export const faultsHealed: Checker = (evidence) => {
  const { faults } = messagesOf(evidence).seen;
  if (faults.length === 0) return [];
  const open = faults.filter(({ healedMs }) => healedMs === null);
  const common = { id: 'faults-healed', kind: 'heal' as const, promised: true };
  if (open.length === 0) {
    const helped = faults.flatMap((fault) => fault.helped);
    const help = helped.length === 0 ? '' : `; restarted by us, since they did not come back: ${helped.join(', ')}`;
    return [{ ...common, status: 'pass', message: `all well again after ${some(faults.length, 'fault')}${help}` }];
  }
  const message = `after ${open.length} of ${some(faults.length, 'fault')} it was not seen that all was well again: ${reasonOf(open)}`;
  return [{ ...common, status: 'fail', message }];
};

export const chaosComplete: Checker = (evidence): readonly Finding[] => {
  const { chaos } = messagesOf(evidence).seen;
  return chaos === null ? [] : [judgeRecord('chaos-complete', 'chaos.ndjson', chaos)];
};

function reasonOf(faults: readonly FaultRecord[]): string {
  return faults.find(({ complaint }) => complaint !== null)?.complaint ?? 'it was not written down why';
}
