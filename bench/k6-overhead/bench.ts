// What Stampede costs above plain k6: the same orders on the same stub, variant after variant, round after round.

import type { Outcome } from '../outcome.ts';
import { type StubServer, startStub } from '../stub-server.ts';
import { aimsOf, type Phase, type Round, tableOf } from './compare.ts';
import { measure } from './measure.ts';
import { prepareVariants, VARIANTS } from './variants.ts';

export interface OverheadOptions {
  /** Rounds of one measurement per variant. */
  readonly pairs: number;
  /** Length of one measurement, after start-up and ramp. */
  readonly seconds: number;
}

const RAMP_S = 5;
/** The load must outlast the measurement, whatever start-up takes. */
const SPARE_S = 120;
const LOADS = [
  { name: '1000 users, think time', users: 1000, thinkTime: { minMs: 1000, maxMs: 5000 } },
  { name: '100 users, no think time', users: 100, thinkTime: { minMs: 0, maxMs: 0 } },
] as const;

/** Takes about 2 loads × 3 variants × pairs × (seconds + 10 s). */
export async function benchOverhead(options: OverheadOptions, say: (line: string) => void): Promise<Outcome> {
  const variants = await prepareVariants();
  const server = await startStub();
  try {
    const phases: Phase[] = [];
    for (const load of LOADS) phases.push({ name: load.name, rounds: await measureRounds(load) });
    const [withUsers] = phases;
    return {
      bench: 'k6-overhead',
      parameters: { pairs: options.pairs, seconds: options.seconds },
      table: tableOf(phases),
      aims: withUsers === undefined ? [] : aimsOf(phases, withUsers),
      notes: [
        'CPU time is that of the k6 process (user and system). Median (least–most); ratios are taken within a round, then their median.',
        'whole life: the same ratio from the start of k6 to its end. Peak memory is from start to end.',
      ],
      measurements: phases,
    };
  } finally {
    await server.stop();
  }

  async function measureRounds(load: (typeof LOADS)[number]): Promise<readonly Round[]> {
    const rounds: Round[] = [];
    for (let number = 1; number <= options.pairs; number += 1) {
      say(`${load.name}: round ${number} of ${options.pairs}`);
      rounds.push(await oneRound(load, server));
    }
    return rounds;
  }

  async function oneRound(load: (typeof LOADS)[number], stub: StubServer): Promise<Round> {
    const round: Partial<Record<keyof Round, Round[keyof Round]>> = {};
    const shape = { ...load, rampS: RAMP_S, holdS: options.seconds + SPARE_S };
    for (const name of VARIANTS) {
      round[name] = await measure(variants[name], stub, { load: shape, seconds: options.seconds });
    }
    return round as Round;
  }
}
