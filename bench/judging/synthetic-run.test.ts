import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/checkers/judge.ts';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { loadEvidence } from '../../reports/store/load-evidence.ts';
import { ordersFor, writeSyntheticRun } from './synthetic-run.ts';

describe('a synthetic run', () => {
  it('is judged as a whole, passing run in which every order completed', async () => {
    const folder = temporaryFolder();
    const orders = 3_000;
    const verdict = judge(await loadEvidence(await writeSyntheticRun(join(folder, 'run'), orders)));
    expect(verdict.because).toMatch(/everything that was promised holds/);
    expect(verdict.word).toBe('pass');
    expect(verdict.orders).toMatchObject({ begun: orders, acknowledged: orders, duplicated: 0 });
    expect(verdict.orders.fates.completed).toBe(orders);
    expect(verdict.stages.map(({ stage }) => stage)).toEqual(['100', '500', '1000', 'down']);
  }, 60_000);

  it('has six operations an order', () => {
    expect(ordersFor(1_000_000)).toBe(166_667);
    expect(ordersFor(1)).toBe(1);
  });
});
