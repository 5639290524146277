// Whether consumers saw only what was published: nothing that nobody sent, nothing that was certainly refused.

import { type Checker, listed } from '../checker.ts';
import { historyFlaws } from '../history-flaws.ts';
import { count, some } from '../wording.ts';
import { messageFigures } from './message-figures.ts';
import { messagesByFate } from './messages-of.ts';

export const noMessageUnexpected: Checker = (evidence) => {
  const { consumed } = messageFigures(evidence);
  const fates = messagesByFate(evidence);
  const foreign = fates.get('foreign') ?? [];
  const contradicted = fates.get('contradicted') ?? [];
  const common = { id: 'no-message-unexpected', kind: 'integrity' as const, promised: true, samples: consumed };
  if (foreign.length + contradicted.length === 0) {
    return [{ ...common, status: 'pass', message: `all of ${some(consumed, 'consumed message')} had been published` }];
  }
  const message = `of ${some(consumed, 'consumed message')}, ${count(foreign.length)} never published and ${count(contradicted.length)} refused before`;
  const seen = { unexpected: listed([...foreign, ...contradicted].map(({ key }) => ({ key }))) };
  // With lines missing, the publication itself may be what is missing.
  const isCertain = contradicted.length > 0 || historyFlaws(evidence).length === 0;
  return [{ ...common, status: isCertain ? 'fail' : 'inconclusive', message, evidence: seen }];
};
