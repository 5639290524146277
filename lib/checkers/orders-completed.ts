// Whether any order was completed at all: a platform that completes none has kept no promise, whichever were made to it.

import type { Checker } from './checker.ts';
import { fatesOf } from './fates.ts';
import { some } from './wording.ts';

export const ordersCompleted: Checker = (evidence) => {
  const fates = fatesOf(evidence);
  const completed = fates.filter(({ fate }) => fate === 'completed').length;
  const common = { id: 'orders-completed', kind: 'measurement' as const, promised: true, samples: fates.length };
  if (completed === 0) {
    return [{ ...common, status: 'inconclusive', message: `none of ${some(fates.length, 'order')} was completed` }];
  }
  return [{ ...common, status: 'pass', message: `${completed} of ${some(fates.length, 'order')} completed` }];
};
