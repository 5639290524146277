import { describe, expect, it } from 'vitest';
import { countFates } from '../../lib/checkers/fates.ts';
import { fateGlossary, fateLines } from './fates.ts';

const none = countFates([]);

describe('the fates of all orders', () => {
  it('are one line when all went well, with the lost ones said to be none', () => {
    const orders = { begun: 1200, acknowledged: 1200, duplicated: 0, fates: { ...none, completed: 1200 } };
    expect(fateLines({ orders })).toEqual(['1,200 begun, 1,200 acknowledged = 1,200 completed + 0 lost']);
  });

  it('add up on both lines, and leave out what there is none of', () => {
    const fates = { ...none, completed: 5, stuck: 2, lost: 1, recovered: 1, refused: 3 };
    expect(fateLines({ orders: { begun: 12, acknowledged: 8, duplicated: 1, fates } })).toEqual([
      '12 begun, 8 acknowledged = 5 completed + 2 stuck + 1 lost',
      '4 not acknowledged = 1 recovered + 3 refused',
      '1 of all duplicated',
    ]);
  });

  it('are explained as far as they are shown, and no further', () => {
    const orders = { begun: 2, acknowledged: 1, duplicated: 1, fates: { ...none, completed: 1, never: 1 } };
    const words = fateGlossary({ orders })
      .split(' · ')
      .map((entry) => entry.split(':')[0]);
    expect(words).toEqual(['completed', 'lost', 'never', 'duplicated']);
  });
});
