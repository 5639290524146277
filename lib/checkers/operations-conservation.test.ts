import { describe, expect, it } from 'vitest';
import { operationsConservation } from './operations-conservation.ts';
import { checkOne } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

describe('conservation of operations', () => {
  it('holds, with operations that were never completed among the unknown ones', async () => {
    const scene = new Scene().orders(2).order('cut', { checkout: 'open' }).order('bad', { checkout: 'fail' });
    expect(await checkOne(operationsConservation, scene)).toMatchObject({
      status: 'pass',
      promised: true,
      message: '16 begun = 14 ok + 1 fail + 1 info',
    });
  });

  it('fails as a defect of the suite when an operation was completed twice', async () => {
    const scene = new Scene().orders(2).history((lines) => lines.toSpliced(-1, 0, lines.at(-2) ?? ''));
    const finding = await checkOne(operationsConservation, scene);
    expect(finding).toMatchObject({ kind: 'suite', status: 'fail' });
    expect(finding.message).toContain('1 operation(s) of g1 completed twice');
  });

  it('is inconclusive when lines are missing, and when there are none', async () => {
    const scene = new Scene()
      .orders(2)
      .history((lines) => lines.filter((line) => !line.includes('"type":"invoke","seq":2')).toSpliced(2, 1, 'damaged'));
    expect(await checkOne(operationsConservation, scene)).toMatchObject({
      kind: 'measurement',
      status: 'inconclusive',
    });
    expect(await checkOne(operationsConservation, new Scene())).toMatchObject({ status: 'inconclusive' });
  });
});
