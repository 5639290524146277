// Whether the faults struck at all, and whether all was well again after each of them.

import type { Finding } from '../../model/finding.ts';
import { CHAOS } from '../../model/history.ts';
import type { Checker } from '../checker.ts';
import type { Evidence } from '../evidence.ts';
import { judgeRecord } from '../history-complete.ts';
import { some } from '../wording.ts';
import type { FaultRecord } from './fault-record.ts';

/** A fault that left no trace on its target was none. */
export const faultsStruck: Checker = (evidence) => {
  const asked = faultsAsked(evidence);
  const faults = evidence.chaos?.faults ?? [];
  const common = { id: 'faults-struck', kind: 'measurement' as const, promised: true };
  const unasked = new Set(faults.map(({ key }) => key).filter((key) => !isAsked(key, evidence)));
  if (unasked.size > 0) {
    const message = `chaos.ndjson tells of ${[...unasked].join(', ')}, which this run was not to inject`;
    return [{ ...common, status: 'inconclusive', message }];
  }
  if (asked === 0) return [];
  const idle = faults.filter(({ inject }) => inject !== 'ok');
  if (faults.length === 0) return [{ ...common, status: 'inconclusive', message: 'no fault was injected' }];
  if (idle.length > 0) {
    const message = `${idle.length} of ${some(faults.length, 'fault')} without an effect that was seen: ${reasonOf(idle)}`;
    return [{ ...common, status: 'inconclusive', message }];
  }
  if (faults.length < asked) {
    const message = `only ${faults.length} of ${some(asked, 'fault')} came to be injected`;
    return [{ ...common, status: 'inconclusive', message }];
  }
  return [{ ...common, status: 'pass', message: `${some(faults.length, 'fault')} seen to strike` }];
};

/** How many faults the run was to inject, at least. */
function faultsAsked({ run: { experiment, messages } }: Evidence): number {
  // Of those that cannot be made here, the experiment itself tells.
  if (experiment !== undefined) return experiment.faults.length - experiment.impossible.length;
  return messages === undefined || messages.fault === 'none' ? 0 : 1;
}

/** A message run strikes by one fault again and again, under keys that are numbered from the second time on. */
function isAsked(key: string, { run: { experiment, messages } }: Evidence): boolean {
  if (experiment !== undefined) return experiment.faults.some((fault) => fault.key === key);
  return key.replace(/#\d+$/, '') === messages?.fault;
}

/** Exit 7 when one is not: a fault of ours may still be active. */
export const faultsHealed: Checker = ({ chaos }) => {
  // One that was never aimed cannot be active.
  const faults = (chaos?.faults ?? []).filter(({ inject, heal }) => inject !== 'fail' || heal !== 'none');
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

/** A file that is not there tells of no fault: where some were asked for, `faults-struck` says so. */
export const chaosComplete: Checker = ({ chaos }): readonly Finding[] =>
  chaos === undefined ? [] : [judgeRecord('chaos-complete', 'chaos.ndjson', chaos.condition, CHAOS)];

function reasonOf(faults: readonly FaultRecord[]): string {
  return faults.find(({ complaint }) => complaint !== null)?.complaint ?? 'it was not written down why';
}
