import { describe, expect, it } from 'vitest';
import { inRole } from './roles.ts';

describe('the nodes in a role', () => {
  it.each([
    ['leader', ['b']],
    ['follower', ['a']],
    ['minority', ['a']],
    ['majority', ['b', 'a']],
    ['all', ['b', 'a', 'c']],
  ] as const)('%s of three are %j', (role, expected) => {
    expect(inRole(role, 'b', ['a', 'b', 'c'])).toEqual(expected);
  });

  it('leave a majority of five when a minority is struck, and none when a majority is', () => {
    const five = ['a', 'b', 'c', 'd', 'e'];
    expect(inRole('minority', 'c', five)).toEqual(['a', 'b']);
    expect(inRole('majority', 'c', five)).toEqual(['c', 'a', 'b']);
  });

  it('are none for a minority of two', () => {
    expect(inRole('minority', 'a', ['a', 'b'])).toEqual([]);
  });
});
