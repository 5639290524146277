import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OutageScript, PROBE_PLAN, probesThrough } from '../testing/chaos-script.ts';
import { START_MS } from '../testing/history-builder.ts';
import { viewProbes } from './outages.ts';

const CALM_MS = START_MS + 10_000;

/** From and to of each outage as the probes tell them, after the start. */
function seen(outages: readonly OutageScript[], untilMs = 60_000): readonly (readonly [number, number | null])[] {
  const view = viewProbes(probesThrough(outages, untilMs), PROBE_PLAN, CALM_MS);
  return view.outages.map(({ fromMs, toMs }) => [fromMs - START_MS, toMs === null ? null : toMs - START_MS] as const);
}

describe('outages by probes', () => {
  it('are none where no probe broke', () => {
    expect(seen([])).toEqual([]);
  });

  it.each(['refuses', 'hangs'] as const)('are seen from their first moment to their last: %s', (how) => {
    const [[fromMs, toMs] = [0, 0]] = seen([{ fromMs: 20_000, toMs: 25_000, how }]);
    expect(fromMs).toBe(20_000);
    expect(toMs).toBeGreaterThanOrEqual(25_000);
    expect(toMs).toBeLessThan(25_060);
  });

  it('tell what the first broken probe met with, and when that was known', () => {
    const probes = probesThrough([{ fromMs: 20_010, toMs: 22_000, how: 'refuses' }], 30_000);
    expect(viewProbes(probes, PROBE_PLAN, CALM_MS).outages).toMatchObject([
      { step: 'checkout', code: 'http_503', detectedMs: START_MS + 20_015, brokenProbes: 43 },
    ]);
  });

  it('that come again within the settle time are one', () => {
    const flapping = [20, 22, 24].map((s) => ({ fromMs: s * 1_000, toMs: s * 1_000 + 1_000, how: 'refuses' as const }));
    expect(seen(flapping)).toEqual([[20_000, 25_000]]);
  });

  it('that come again after it are two', () => {
    const two = [20, 30].map((s) => ({ fromMs: s * 1_000, toMs: s * 1_000 + 2_000, how: 'refuses' as const }));
    expect(seen(two)).toEqual([
      [20_000, 22_000],
      [30_000, 32_000],
    ]);
  });

  it('are not over before the settle time was seen', () => {
    expect(seen([{ fromMs: 20_000, toMs: 22_000, how: 'refuses' }], 26_000)).toEqual([[20_000, null]]);
    expect(seen([{ fromMs: 20_000, toMs: 90_000, how: 'refuses' }])).toEqual([[20_000, null]]);
  });

  it('are not made by probes that the end of the load cut', () => {
    const cut = { endedMs: null, outcome: 'open', step: null, sinceMs: null, code: null } as const;
    const probes = [...probesThrough([], 20_000), { beganMs: START_MS + 20_000, ...cut }];
    expect(viewProbes(probes, PROBE_PLAN, CALM_MS).outages).toEqual([]);
  });

  it('leave gaps in which nobody probed apart', () => {
    const probes = [...probesThrough([], 20_000), ...probesThrough([], 30_000, 22_000)];
    const { gaps, outages } = viewProbes(probes, PROBE_PLAN, CALM_MS);
    expect(outages).toEqual([]);
    expect(gaps).toEqual([{ fromMs: START_MS + 19_950, toMs: START_MS + 22_000 }]);
  });

  it('have the length that they had, to a tenth of a second, wherever they lie', () => {
    const script = fc.record({
      fromMs: fc.integer({ min: 12_000, max: 20_000 }),
      lengthMs: fc.integer({ min: 1_700, max: 30_000 }),
      how: fc.constantFrom('refuses' as const, 'hangs' as const),
    });
    fc.assert(
      fc.property(script, ({ fromMs, lengthMs, how }) => {
        const [[from, to] = [0, 0]] = seen([{ fromMs, toMs: fromMs + lengthMs, how }]);
        expect(Math.abs((to ?? Number.NaN) - from - lengthMs)).toBeLessThanOrEqual(100);
      }),
    );
  });
});
