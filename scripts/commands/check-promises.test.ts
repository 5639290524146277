import { describe, expect, it } from 'vitest';
import type { Bound } from '../../lib/model/bound.ts';
import { PROFILE_NAMES as profiles } from '../../lib/workload/profiles.ts';
import { bounds } from '../../thresholds.ts';
import { checkBounds, checkWaivers } from './check-promises.ts';

const [first] = bounds as readonly [Bound, ...Bound[]];
const check = (changed: Record<string, unknown>) => () =>
  checkBounds({ bounds: [{ ...first, ...changed } as unknown as Bound], profiles });
const refusal = (message: RegExp) => expect.objectContaining({ exitCode: 64, message: expect.stringMatching(message) });

describe('the look through the bounds', () => {
  it('is content with those that ship', () => {
    expect(() => checkBounds({ bounds, profiles })).not.toThrow();
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an unknown key', { limt: 5 }, /bound S1-ORDER-P90:.*additional properties/],
    ['a limit that is no number', { limit: '5 s' }, /bound S1-ORDER-P90:.*limit must be number/],
    ['a limit that was left out', { limit: undefined }, /bound S1-ORDER-P90:.*limit/],
    ['a comparison that nobody knows', { comparison: '>' }, /bound S1-ORDER-P90:.*comparison/],
    ['a percentile above 100', { aggregate: { percentile: 198 } }, /bound S1-ORDER-P90:.*percentile/],
    ['an aggregate that nobody knows', { aggregate: { mean: 'value' } }, /bound S1-ORDER-P90:.*aggregate/],
    [
      'an aggregate by which the metric is not judged',
      { aggregate: { share: 'failed' } },
      /bound S1-ORDER-P90: order_completion_time is judged by a percentile, not by \{"share":"failed"\}/,
    ],
    ['no id', { id: undefined }, /bound number 1:.*id/],
    ['a profile that there is not', { promisedBy: ['smoek'] }, /bound S1-ORDER-P90: there is no profile "smoek"/],
  ])('refuses %s, with its place', (_what, changed, message) => {
    expect(check(changed)).toThrow(refusal(message));
  });

  it('refuses two bounds of one name, and names all that is wrong at once', () => {
    const twice = [first, { ...first, limit: 1 }, { ...first, id: 'S1-OTHER', minimumSamples: -1 }];
    const both = /bound S1-ORDER-P90: stands there twice\n.*bound S1-OTHER:.*minimumSamples/;
    expect(() => checkBounds({ bounds: twice, profiles })).toThrow(refusal(both));
  });
});

describe('the look through the waivers', () => {
  const target = { name: 't', flow: 'seed', http: { baseUrls: { shopping: 'http://s', orders: 'http://o' } } } as const;

  it('lets a known bound be waived', () => {
    expect(() => checkWaivers({ ...target, waivers: [{ bound: first.id, reason: 'later' }] }, bounds)).not.toThrow();
    expect(() => checkWaivers(target, bounds)).not.toThrow();
  });

  it('refuses an unknown one, and lists the known', () => {
    const waive = () =>
      checkWaivers({ ...target, waivers: [{ bound: 'S1-ORDER-P9', reason: 'typing error' }] }, bounds);
    const hint = expect.stringContaining('S1-ORDER-P90, S1-ORDER-P98');
    expect(waive).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.stringContaining('"S1-ORDER-P9"'), hint }),
    );
  });
});
