import { expect, it } from 'vitest';
import { ALL_FAULTS } from '../../chaos/faults/all-faults.ts';
import { momentNumber, STOPS } from './moments.ts';

it('stops the suite in every way under every fault, if only there are moments enough', () => {
  const moments = Array.from({ length: ALL_FAULTS.length * STOPS.length }, (_, index) => momentNumber(index + 1, 7));
  const pairs = new Set(moments.map(({ fault, signal }) => `${fault} ${signal}`));
  expect(pairs.size).toBe(moments.length);
});

it('is the same every time', () => {
  expect(momentNumber(5, 7)).toEqual(momentNumber(5, 7));
});
