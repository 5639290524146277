import { describe, expect, it } from 'vitest';
import { bounds } from '../../thresholds.ts';
import { ALL_CHECKERS } from './all-checkers.ts';
import { judge } from './judge.ts';
import { aRun, PROFILE } from './testing/a-run.ts';
import { START_MS } from './testing/history-builder.ts';
import { ABSENT } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';
import { CALM } from './testing/watch-script.ts';

const passing = (): Scene => new Scene().orders(200).orders(20, { stage: 'down' }, 'down');
const statusOf = (verdict: ReturnType<typeof judge>, id: string): readonly string[] =>
  verdict.findings.filter((finding) => finding.id === id).map((finding) => finding.status);

describe('judging a run', () => {
  it('that kept its promises gives a pass with all its figures', async () => {
    const verdict = judge(await passing().evidence());
    expect(verdict).toMatchObject({
      v: 1,
      run: 'run-1',
      scenario: 'order-ramp',
      profile: 'smoke',
      target: 'test-platform',
      startedMs: START_MS,
      endedMs: START_MS + 120_000,
      word: 'pass',
      exitCode: 0,
      because: 'everything that was promised holds: 31 findings',
      operations: { begun: 1_100, ok: 1_100, fail: 0, info: 0 },
      orders: { begun: 220, acknowledged: 220, fates: { completed: 220, lost: 0 }, duplicated: 0 },
      durability:
        'No fault was injected: this run shows conservation (0 of 220 acknowledged orders lost), not durability.',
    });
    expect(verdict.stages).toEqual([
      {
        stage: '100',
        users: 100,
        usersInFlow: 180,
        submittedNotFinal: 30,
        begun: 200,
        submitted: 200,
        completed: 200,
        completedPerSecond: 200 / 60,
        completion: { p50: 300, p90: 300, p98: 300, max: 300 },
        flow: { p50: 360, p90: 360, p98: 360, max: 360 },
        atLevel: {
          submitted: 111,
          completion: { p50: 300, p90: 300, p98: 300, max: 300 },
          flow: { p50: 360, p90: 360, p98: 360, max: 360 },
        },
        worstStep: { step: 'init-cart', failedShare: 0 },
      },
      expect.objectContaining({ stage: 'down', begun: 20 }),
    ]);
  });

  it('says something about every bound', async () => {
    const ids = new Set(judge(await passing().evidence()).findings.map((finding) => finding.id));
    expect(bounds.filter((bound) => !ids.has(bound.id))).toEqual([]);
  });

  it.each([
    [2, 'fail', 'S1-DURABLE', (scene: Scene) => scene.order('lost', { finalRead: ABSENT })],
    [
      2,
      'fail',
      'no-order-contradicted',
      (scene: Scene) => scene.order('there', { submit: 'fail', finalRead: 'Placed' }),
    ],
    [2, 'fail', 'S1-DUP', (scene: Scene) => scene.order('duplicated', { resubmit: 'ok', effects: { payment: 2 } })],
    [2, 'fail', 'effects-complete', (scene: Scene) => scene.order('unpaid', { effects: { payment: 0 } })],
    [2, 'fail', 'totals-balance', (scene: Scene) => scene.unexplained('money-captured', 1)],
    [1, 'fail', 'S1-STUCK', (scene: Scene) => scene.order('stuck', { completionMs: null, sees: 'Placed' })],
    [1, 'fail', 'S1-ORDER-P90', (scene: Scene) => scene.orders(60, { completionMs: 6_000 }, 'slow')],
    [1, 'fail', 'S1-DLQ-NEW', (scene: Scene) => scene.watched([{ atMs: -1_000 }, { atMs: 77_000, deadLetters: 1 }])],
    [1, 'fail', 'S1-DEADLOCKS', (scene: Scene) => scene.watched([...CALM, { atMs: 78_000, deadlocks: 9 }])],
    [
      1,
      'fail',
      'S1-BACKLOG',
      (scene: Scene) =>
        scene.watched([
          ...CALM.slice(0, 4),
          { atMs: 77_000, depth: 9 },
          { atMs: 96_000, depth: 9 },
          { atMs: 115_000, depth: 9 },
          { atMs: 130_000, depth: 9 },
        ]),
    ],
    [5, 'inconclusive', 'S1-DLQ', (scene: Scene) => scene.watched(null)],
    [1, 'fail', 'S1-ERRORS', (scene: Scene) => scene.orders(3, { checkout: 'info' }, 'bad')],
    [
      6,
      'stopped',
      'interruption',
      (scene: Scene) =>
        scene.run({ interruption: { by: 'SIGINT', timeMs: START_MS + 90_000, reason: 'stopped by SIGINT' } }),
    ],
    [
      70,
      'fail',
      'generator',
      (scene: Scene) => scene.run({ generators: [{ generator: 'g1', exitCode: 107, signal: null }] }),
    ],
    [5, 'inconclusive', 'history-complete', (scene: Scene) => scene.history((lines) => lines.slice(0, -1))],
    [5, 'inconclusive', 'S1-DUP', (scene: Scene) => scene.withoutQueries()],
    [5, 'inconclusive', 'settled', (scene: Scene) => scene.run({ settle: null })],
  ] as const)('ends with %d (%s) because of %s', async (exitCode, word, id, change) => {
    const verdict = judge(await change(passing()).evidence());
    expect(verdict).toMatchObject({ exitCode, word });
    expect(verdict.because.startsWith(id)).toBe(true);
  });

  it('is inconclusive for a run that did nothing', async () => {
    const verdict = judge(
      await new Scene()
        .history(() => [])
        .withoutFinalReads()
        .withFailedQueries()
        .run({ load: null, generators: [], settle: null, clocks: [] })
        .evidence(),
    );
    expect(verdict).toMatchObject({ exitCode: 5, word: 'inconclusive', orders: { begun: 0 } });
  });

  it('finishes when the run never wrote its end', async () => {
    const verdict = judge(await passing().run({ endedMs: null, load: null }).evidence());
    expect(verdict).toMatchObject({ endedMs: START_MS, exitCode: 5 });
  });
});

describe('a checker that throws', () => {
  const throwing = {
    ...ALL_CHECKERS,
    clock: () => {
      throw new TypeError('boot is undefined');
    },
  };

  it('is a defect of the suite, and hides no other finding', async () => {
    const verdict = judge(await passing().evidence(), bounds, throwing);
    expect(verdict).toMatchObject({ exitCode: 70, word: 'fail', orders: { acknowledged: 220 } });
    expect(verdict.because).toBe('checker-clock: the checker clock threw: boot is undefined');
    expect(statusOf(verdict, 'S1-DURABLE')).toEqual(['pass']);
  });

  it('does not hide a lost order', async () => {
    const scene = passing().order('lost', { finalRead: ABSENT });
    expect(judge(await scene.evidence(), bounds, throwing)).toMatchObject({ exitCode: 2 });
  });

  it('leaves the bounds that it should have judged not measured', async () => {
    const checkers = { ...ALL_CHECKERS, orderCompletionTime: throwing.clock };
    const verdict = judge(await passing().evidence(), bounds, checkers);
    expect(statusOf(verdict, 'S1-ORDER-P90')).toEqual(['not-measured']);
  });

  it('is a defect of the suite also when it is evidence itself that cannot be read', async () => {
    const evidence = { ...(await passing().evidence()), platform: 7 as never };
    const verdict = judge({ ...evidence, history: { ...evidence.history, orders: null as never } });
    expect(verdict).toMatchObject({ exitCode: 70, stages: [], orders: { begun: 0 } });
    expect(statusOf(verdict, 'clock')).toEqual(['pass']);
  });
});

describe('promises', () => {
  it('of a profile without any are judged for no bound, but a lost order still fails', async () => {
    const burst = { ...PROFILE, name: 'burst' };
    const calm = judge(await new Scene().orders(100, { completionMs: 60_000 }).run({ profile: burst }).evidence());
    expect(calm).toMatchObject({ exitCode: 0 });
    expect(statusOf(calm, 'S1-ORDER-P90')).toEqual(['not-measured']);
    const lost = judge(await new Scene().order('lost', { finalRead: ABSENT }).run({ profile: burst }).evidence());
    expect(lost).toMatchObject({ exitCode: 2 });
  });

  it('that nothing measures make a run inconclusive and name the metric', async () => {
    const first = bounds[0];
    if (first === undefined) throw new Error('there are no bounds');
    const verdict = judge(await passing().evidence(), [
      ...bounds,
      { ...first, id: 'S9-NEW', metric: 'order_completion_tiem' },
    ]);
    expect(verdict).toMatchObject({ exitCode: 5 });
    expect(verdict.because).toBe('S9-NEW: not measured: nothing in this run measures order_completion_tiem');
  });
});

describe('a profile that promises nothing', () => {
  it('is never green, however well the run went', async () => {
    const profile = { ...aRun().profile, name: 'promises-nothing' };
    expect(judge(await passing().run({ profile }).evidence())).toMatchObject({ exitCode: 5, word: 'inconclusive' });
  });
});

describe('waivers', () => {
  const waiving = (bound: string) =>
    aRun({ target: { ...aRun().target, waivers: [{ bound, reason: 'known until 2.1' }] } });
  const slow = () => passing().orders(60, { completionMs: 6_000 }, 'slow');

  it('keep a broken bound visible beside its reason, and let it decide nothing', async () => {
    const target = {
      ...aRun().target,
      waivers: ['S1-ORDER-P90', 'S1-FLOW-P90'].map((bound) => ({ bound, reason: 'known until 2.1' })),
    };
    const verdict = judge(await slow().run({ target }).evidence());
    expect(verdict).toMatchObject({ exitCode: 0 });
    expect(verdict.because).toContain('2 bounds waived: S1-ORDER-P90, S1-FLOW-P90');
    const waived = verdict.findings.find((finding) => finding.id === 'S1-ORDER-P90' && finding.stage === '100');
    expect(waived).toMatchObject({ status: 'fail', waived: 'known until 2.1' });
  });

  it('cover no other bound', async () => {
    expect(judge(await slow().run(waiving('S1-ORDER-P90')).evidence())).toMatchObject({ exitCode: 1 });
  });

  it('let a target without queries pass by name and reason', async () => {
    const scene = passing().withoutQueries();
    expect(judge(await scene.evidence())).toMatchObject({ exitCode: 5 });
    const target = { ...waiving('S1-DUP').target, capabilities: [] };
    expect(judge(await scene.run({ target }).evidence())).toMatchObject({ exitCode: 0 });
  });

  it('never waive that an order was seen lost', async () => {
    const verdict = judge(await passing().order('gone', { finalRead: ABSENT }).run(waiving('S1-DURABLE')).evidence());
    expect(verdict).toMatchObject({ exitCode: 2 });
    expect(verdict.findings.find((finding) => finding.id === 'waivers')?.message).toContain('no effect');
  });

  it('never waive that a run measured at all, and say so', async () => {
    const scene = passing()
      .run(waiving('history-complete'))
      .history((lines) => lines.slice(0, -1));
    const verdict = judge(await scene.evidence());
    expect(verdict).toMatchObject({ exitCode: 5 });
    expect(verdict.findings.filter((finding) => finding.waived !== undefined)).toEqual([]);
    expect(verdict.findings.find((finding) => finding.id === 'waivers')?.message).toBe(
      'the target waives history-complete, which is no bound that can be waived: the waiver has no effect',
    );
  });
});
