import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { Machine } from './machine.ts';
import { type Outcome, renderOutcome, writeOutcome } from './outcome.ts';

const machine: Machine = {
  date: '2026-01-02T03:04:05.000Z',
  cpu: 'A processor',
  cores: 2,
  memoryBytes: 8 * 2 ** 30,
  kernel: 'Linux 6',
  loadAverage: 0.5,
  versions: { k6: 'v2.2.0', node: '24.1.0' },
};

const outcome: Outcome = {
  bench: 'judging',
  parameters: { operations: '1000000' },
  table: [
    ['operations', 'wall'],
    ['1,000,000', '12 s'],
  ],
  aims: [
    { what: 'wall time', aim: '<= 20 s', measured: '12 s', met: true },
    { what: 'memory', aim: '<= 400 MB', measured: '500 MB', met: false },
  ],
  notes: ['Read with care.'],
  measurements: [{ operations: 1e6, wallMs: 12_000 }],
};

describe('the outcome of a bench', () => {
  it('is shown with the machine, the versions, the table, and which aims were met', () => {
    expect(renderOutcome(outcome, machine).split('\n')).toEqual([
      'judging: operations 1000000',
      '2026-01-02T03:04:05.000Z · A processor, 2 cores, 8 GiB · load average 0.50 at the start',
      'k6 v2.2.0 · node 24.1.0',
      '',
      'operations  wall',
      '1,000,000   12 s',
      '',
      'met      wall time  12 s    aim <= 20 s',
      'NOT MET  memory     500 MB  aim <= 400 MB',
      '',
      'Read with care.',
    ]);
  });

  it('is written whole as JSON, into a folder that need not be there', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'new', 'judging.json');
    writeOutcome(outcome, machine, path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...outcome, machine });
  });
});
