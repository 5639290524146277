import { beforeAll, describe, expect, it } from 'vitest';
import type { Breakage } from './harness/breakable-stub.ts';
import { gamedayTools, type Measured, measuredOutages, type OutageScript } from './harness/measured-outages.ts';

const TOLERANCE_MS = 500;
/** Longer than the settle time, so that each outage stands alone. */
const REST_S = 7;
const LENGTHS_S = [2, 5, 20];

const EACH_LENGTH: readonly OutageScript[] = LENGTHS_S.map((forS) => ({ afterS: REST_S, forS }));
/** One second on, one second off: an outage that is over when the last one is. */
const FLAPPING: readonly OutageScript[] = [{ afterS: REST_S, forS: 1 }, ...Array(4).fill({ afterS: 1, forS: 1 })];
const MODES: readonly Breakage[] = ['answers-503', 'refuses', 'freezes'];

/** For people, when it fails: seconds after the first outage began. */
function shown(outages: Measured['outages'], truth: Measured['truth']): string {
  const zeroMs = truth[0]?.fromMs ?? 0;
  return outages
    .map(
      ({ fromMs, toMs, code }) => `${(fromMs - zeroMs) / 1000} to ${((toMs ?? Number.NaN) - zeroMs) / 1000}: ${code}`,
    )
    .join('; ');
}

let byMode: ReadonlyMap<Breakage, Measured>;
let flapping: Measured;
beforeAll(async () => {
  const tools = await gamedayTools();
  const [flaps, ...modes] = await Promise.all([
    measuredOutages('answers-503', FLAPPING, tools),
    ...MODES.map((how) => measuredOutages(how, EACH_LENGTH, tools)),
  ]);
  flapping = flaps as Measured;
  byMode = new Map(MODES.map((how, index) => [how, modes[index] as Measured]));
});

describe.each(MODES)('a platform that %s', (how) => {
  it.each(LENGTHS_S.map((s, index) => [s, index] as const))('for %i s is measured within half a second', (_, index) => {
    const { truth, outages } = byMode.get(how) as Measured;
    expect(outages, shown(outages, truth)).toHaveLength(LENGTHS_S.length);
    const [known, seen] = [truth[index], outages[index]];
    if (known === undefined || seen === undefined) throw new Error('no such outage');
    const apart = { from: seen.fromMs - known.fromMs, to: (seen.toMs ?? Number.NaN) - known.toMs };
    console.log(`${how} ${LENGTHS_S[index]} s: begins ${apart.from.toFixed()} ms, ends ${apart.to.toFixed()} ms apart`);
    expect(Math.abs(apart.from)).toBeLessThanOrEqual(TOLERANCE_MS);
    expect(Math.abs(apart.to)).toBeLessThanOrEqual(TOLERANCE_MS);
    expect(Math.abs(apart.to - apart.from)).toBeLessThanOrEqual(TOLERANCE_MS);
  });
});

describe('a platform that flaps', () => {
  it('is out of order from the first time to the end of the last', () => {
    const { truth, outages } = flapping;
    expect(outages).toHaveLength(1);
    expect(Math.abs((outages[0]?.fromMs ?? 0) - (truth[0]?.fromMs ?? 0))).toBeLessThanOrEqual(TOLERANCE_MS);
    expect(Math.abs((outages[0]?.toMs ?? 0) - (truth.at(-1)?.toMs ?? 0))).toBeLessThanOrEqual(TOLERANCE_MS);
  });
});
