import { describe, expect, it } from 'vitest';
import { aimsOf, type Round, tableOf } from './compare.ts';
import type { Measurement } from './measure.ts';

function measured(requestsPerCpuSecond: number, peakMb: number): Measurement {
  const wholeRequestsPerCpuSecond = requestsPerCpuSecond / 2;
  return {
    requestsPerCpuSecond,
    wholeRequestsPerCpuSecond,
    requestsPerSecond: 500,
    cpus: 0.2,
    peakRssBytes: peakMb * 1e6,
  };
}

function round(stampede: Measurement, plain: Measurement): Round {
  return { stampede, 'plain k6': plain, 'plain k6, stripped': plain };
}

const slowMachine = round(measured(950, 290), measured(1000, 300));
const fastMachine = round(measured(1840, 310), measured(2000, 300));
const phase = { name: 'users', rounds: [slowMachine, fastMachine, slowMachine] };

describe('the comparison with plain k6', () => {
  it('takes ratios within a round, where the machine was the same', () => {
    const [, stampede, plain] = tableOf([phase]);
    expect(stampede).toEqual([
      'users',
      'stampede',
      '950 (950–1840)',
      '0.95 (0.92–0.95)',
      '0.95 (0.92–0.95)',
      '500',
      '290 MB',
    ]);
    expect(plain?.[3]).toBe('1.00 (1.00–1.00)');
  });

  it('meets its aims with nine tenths of the work and no more memory', () => {
    expect(aimsOf([phase], phase).map(({ met }) => met)).toEqual([true, true]);
  });

  it('misses them with less work or more memory', () => {
    const costly = { name: 'users', rounds: [round(measured(890, 301), measured(1000, 300))] };
    expect(aimsOf([costly], costly).map(({ met }) => met)).toEqual([false, false]);
  });
});
