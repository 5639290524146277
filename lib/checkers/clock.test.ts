import { describe, expect, it } from 'vitest';
import { clock } from './clock.ts';
import type { WriterRecord } from './evidence.ts';
import { checkOne } from './testing/check.ts';
import { clockAt } from './testing/history-builder.ts';
import { Scene } from './testing/scene.ts';

describe('the clocks', () => {
  it('pass when wall clock and monotonic clock ran alike in all writers', async () => {
    expect(await checkOne(clock, new Scene().orders(2))).toMatchObject({
      kind: 'measurement',
      status: 'pass',
      promised: true,
    });
  });

  it('pass with a drift of 50 ms and are inconclusive beyond', async () => {
    const drift = (byMs: number) => new Scene().orders(2).run({ clocks: [clockAt(0), clockAt(120_000, byMs)] });
    expect((await checkOne(clock, drift(50))).status).toBe('pass');
    expect((await checkOne(clock, drift(51))).status).toBe('inconclusive');
    expect((await checkOne(clock, drift(-51))).status).toBe('inconclusive');
  });

  it('are inconclusive when the wall clock was stepped during the run, and say by how much and where', async () => {
    const scene = new Scene().orders(2).run({ clocks: [clockAt(0), clockAt(120_000, 3_600_000)] });
    const finding = await checkOne(clock, scene);
    expect(finding).toMatchObject({ status: 'inconclusive', promised: true });
    expect(finding.message).toContain('by 3600 s');
    expect(finding.evidence).toMatchObject({ apartMs: 3_600_000, between: ['suite, reading 1', 'suite, reading 2'] });
  });

  it('are inconclusive when the clocks of two writers differ', async () => {
    const scene = new Scene().orders(2).run({ clocks: [clockAt(0, 400), clockAt(120_000, 400)] });
    expect((await checkOne(clock, scene)).status).toBe('inconclusive');
  });

  it('are inconclusive when those differ who wrote of the load and of the faults: what was at risk rests on both', async () => {
    const evidence = await new Scene()
      .orders(2)
      .broken([{ key: 'kill', atMs: 20_000 }], [])
      .evidence();
    expect(clock(evidence, [])).toMatchObject([{ status: 'pass' }]);
    const early = evidence.chaos?.condition.writers.map((writer) => ({ ...writer, begin: clockAt(0, -5_100) })) ?? [];
    const chaos = evidence.chaos && {
      ...evidence.chaos,
      condition: { ...evidence.chaos.condition, writers: early as readonly WriterRecord[] },
    };
    const [finding] = clock({ ...evidence, ...(chaos && { chaos }) }, []);
    expect(finding).toMatchObject({ status: 'inconclusive', message: expect.stringContaining('chaos at begin') });
  });

  it('are inconclusive between machines, whose clocks nothing compares', async () => {
    const scene = new Scene().orders(2).run({ clocks: [{ ...clockAt(0), bootId: 'boot-2' }] });
    expect((await checkOne(clock, scene)).message).toContain('2 machines');
  });

  it('are inconclusive when they were not read', async () => {
    const scene = new Scene()
      .history(() => [])
      .withoutFinalReads()
      .run({ clocks: [] });
    expect(await checkOne(clock, scene)).toMatchObject({ status: 'inconclusive' });
  });
});
