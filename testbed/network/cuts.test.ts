import { expect, it } from 'vitest';
import { cutRules } from './cuts.ts';

it('a cut drops both directions, and replaces what an earlier attempt has left', () => {
  expect(cutRules({ id: 'a1' }, ['198.18.4.11', '198.18.4.12']).split('\n')).toEqual([
    'add table inet stampede_cut_a1',
    'delete table inet stampede_cut_a1',
    'add table inet stampede_cut_a1',
    'add chain inet stampede_cut_a1 arriving { type filter hook input priority 0; }',
    'add chain inet stampede_cut_a1 leaving { type filter hook output priority 0; }',
    'add rule inet stampede_cut_a1 arriving ip saddr { 198.18.4.11, 198.18.4.12 } drop',
    'add rule inet stampede_cut_a1 leaving ip daddr { 198.18.4.11, 198.18.4.12 } drop',
    '',
  ]);
});
