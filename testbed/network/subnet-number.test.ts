import { describe, expect, it } from 'vitest';
import { SUBNET_NUMBERS } from './address-plan.ts';
import { firstFree, listeningNumbers, routedNumbers } from './subnet-number.ts';

describe('a subnet number', () => {
  it('is the preferred one while it is free, and else the next', () => {
    expect(firstFree(3, new Set())).toBe(4);
    expect(firstFree(3, new Set([4, 5]))).toBe(6);
  });

  it('goes round after the last', () => {
    expect(firstFree(253, new Set([254]))).toBe(1);
    expect(firstFree(254, new Set())).toBe(1);
  });

  it('is none when all are taken', () => {
    expect(firstFree(7, new Set(SUBNET_NUMBERS))).toBeNull();
  });
});

describe('the numbers in use', () => {
  it('are those of all routes into our range, whoever made them', () => {
    const routes = [{ dst: 'default' }, { dst: '198.18.3.0/24' }, { dst: '198.18.9.1' }, { dst: '10.0.0.0/8' }];
    const taken = routedNumbers(routes);
    expect([3, 9, 4].map((number) => taken.has(number))).toEqual([true, true, false]);
  });

  it('are on loopback those of which an address or a port is listened on', () => {
    const taken = listeningNumbers([
      { host: '127.18.3.11', port: 5672 },
      // The second broker's distribution port of number 7, listened on by a stranger.
      { host: '0.0.0.0', port: 20_030 },
    ]);
    expect([3, 7, 4].map((number) => taken.has(number))).toEqual([true, true, false]);
  });
});
