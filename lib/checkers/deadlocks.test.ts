import { describe, expect, it } from 'vitest';
import { deadlocks } from './deadlocks.ts';
import { checkOne } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

const totals = (...values: readonly number[]): Scene =>
  new Scene().watched(values.map((value, index) => ({ atMs: -1_000 + index * 78_000, deadlocks: value })));

describe('S1-DEADLOCKS', () => {
  it('passes when the counter of the database stands still', async () => {
    expect(await checkOne(deadlocks, totals(7, 7))).toMatchObject({ id: 'S1-DEADLOCKS', status: 'pass', observed: 0 });
  });

  it('fails for each one that was broken', async () => {
    expect(await checkOne(deadlocks, totals(7, 8, 10))).toMatchObject({
      status: 'fail',
      observed: 3,
      message: 'the database broke 3 deadlocks',
    });
  });

  it('is inconclusive when the counter was reset, for it may have hidden some', async () => {
    expect(await checkOne(deadlocks, totals(7, 0))).toMatchObject({ status: 'inconclusive', promised: true });
  });

  it('is inconclusive when nobody looked, and not measured where there is no database to look at', async () => {
    expect(await checkOne(deadlocks, new Scene().watched(null))).toMatchObject({ status: 'inconclusive' });
    expect(await checkOne(deadlocks, new Scene().withoutQueries().watched(null))).toMatchObject({
      status: 'not-measured',
      promised: true,
    });
  });
});
