import { expect, it } from 'vitest';
import { ALL_EXPERIMENTS } from '../experiments/all-experiments.ts';
import { ALL_FAULTS, faultNamed } from './all-faults.ts';
import { needsGround } from './needs-ground.ts';

it('only faults of links and the full disk want a platform that was prepared for them', () => {
  const wanting = ALL_FAULTS.filter((fault) => fault.needsGround === true).map(({ name }) => name);
  expect(wanting).toEqual(['link-latency', 'link-bandwidth', 'link-reset', 'link-half-open', 'broker-disk-full']);
});

it('of the experiments that ship, one has such a fault', () => {
  const wanting = ALL_EXPERIMENTS.filter((each) => needsGround(each, faultNamed));
  expect(wanting.map(({ name }) => name)).toEqual(['slow-network']);
});
