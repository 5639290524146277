// Whether the run proves anything about durability: a fault that strikes an empty queue shows nothing.

import type { Checker } from '../checker.ts';
import { count, some } from '../wording.ts';
import { messageFigures } from './message-figures.ts';
import { messagesOf } from './messages-of.ts';

export const messagesAtRisk: Checker = (evidence) => {
  const { told } = messagesOf(evidence);
  const { atRisk, faults } = messageFigures(evidence);
  const common = { id: 'messages-at-risk', kind: 'measurement' as const, promised: told.fault !== 'none' };
  if (told.fault === 'none') {
    const message = 'no fault was asked for: this run shows conservation, not durability';
    return [{ ...common, status: 'not-measured', message }];
  }
  const seen = { ...common, observed: atRisk, comparison: '>=' as const, limit: told.atRiskWanted, unit: 'messages' };
  const over = `at risk over ${some(faults, 'fault')}`;
  if (atRisk < told.atRiskWanted || faults === 0) {
    const message = `${some(atRisk, 'message')} ${over}, ${count(told.atRiskWanted)} were asked for`;
    return [{ ...seen, status: 'inconclusive', message }];
  }
  return [{ ...seen, status: 'pass', message: `${some(atRisk, 'message')} ${over}` }];
};
