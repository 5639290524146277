import { describe, expect, it } from 'vitest';
import { bounds } from '../../thresholds.ts';
import { orderCompletionTime, orderFlowTime } from './order-time.ts';
import { checkBound } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { ABSENT, NOT_ASKED, UNANSWERED } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

const p90 = (scene: Scene) => checkBound(orderCompletionTime, scene, 'S1-ORDER-P90', '100');
const p98 = (scene: Scene) => checkBound(orderCompletionTime, scene, 'S1-ORDER-P98', '100');
const NOT_FINAL = { completionMs: null, sees: 'PendingPayment' } as const;

/** The load was stopped by hand 100 s after the start, when the orders of the scene had been under way for 98.5 s at most. */
const stopped = (scene: Scene, atMs = 100_000): Scene =>
  scene.run({ interruption: { by: 'SIGINT', timeMs: START_MS + atMs, reason: 'stopped by SIGINT' } });

describe('order completion time', () => {
  it('passes when enough orders were quick', async () => {
    const finding = await p90(new Scene().orders(100, { completionMs: 800 }));
    expect(finding).toMatchObject({ kind: 'bound', status: 'pass', promised: true, observed: 800, samples: 100 });
    expect(finding.message).toBe('p90 is 800 ms, bound < 5 s: 0 of 100 orders slower');
    expect(finding.evidence).toMatchObject({ withoutEnd: 0, cutByStop: 0, pollUncertaintyMs: { p50: 400, max: 400 } });
  });

  it('fails when too many orders were slow, and names them', async () => {
    const scene = new Scene().orders(80).orders(20, { completionMs: 5_000 }, 'slow');
    const finding = await p90(scene);
    expect(finding).toMatchObject({ status: 'fail', observed: 5_000 });
    expect(finding.message).toBe('p90 is 5 s, bound < 5 s: 20 of 100 orders slower, 10 % may be');
    expect(finding.evidence).toMatchObject({ slower: { count: 20 } });
  });

  it('fails when 20 % never become final, though all survivors were quick', async () => {
    const finding = await p90(new Scene().orders(80).orders(20, NOT_FINAL, 'stuck'));
    expect(finding.status).toBe('fail');
    expect(finding.observed).toBeUndefined();
    expect(finding.message).toContain('p90 lies among orders that never ended well');
  });

  it.each([
    ['ended failed', { sees: 'PaymentFailed' }],
    ['were lost', { finalRead: ABSENT }],
    ['were refused', { submit: 'fail' }],
    ['got an unknown answer', { submit: 'info' }],
    ['were cut by the end of their stage', { submit: 'open' }],
    ['were cut while they waited', { await: 'open', completionMs: null }],
    ['were seen failed, though they recovered since', { sees: 'OutOfStock', finalRead: 'Fulfilling' }],
    ['were final too late for polling to see', { completionMs: null, sees: 'Placed', finalRead: 'Fulfilling' }],
  ] as const)('counts orders that %s as slower than any bound', async (_what, script) => {
    expect((await p90(new Scene().orders(80).orders(20, script, 'bad'))).status).toBe('fail');
  });

  it('leaves out orders that were never submitted', async () => {
    expect(await p90(new Scene().orders(100).orders(50, { checkout: 'fail' }, 'early'))).toMatchObject({
      status: 'pass',
      samples: 100,
    });
  });

  it('is inconclusive with too few orders, and says how many more are needed', async () => {
    const finding = await p98(new Scene().orders(100));
    expect(finding).toMatchObject({ status: 'inconclusive', promised: true });
    expect(finding.message).toBe(
      'p98 < 10 s cannot be judged: 0 of 100 orders slower, 49 more that are not would be needed',
    );
    expect((await p98(new Scene().orders(148))).status).toBe('inconclusive');
    expect((await p98(new Scene().orders(149))).status).toBe('pass');
  });

  it('ends, and is inconclusive, for a bound on every single order', async () => {
    const evidence = await new Scene().orders(100).evidence();
    const all = bounds
      .filter(({ id }) => id === 'S1-ORDER-P98')
      .map((bound) => ({ ...bound, aggregate: { percentile: 100 } }));
    const [finding] = orderCompletionTime(evidence, all);
    expect(finding?.status).toBe('inconclusive');
    expect(finding?.message).toContain('no number of orders can show that none ever is');
  });

  it('is inconclusive for a promised stage without orders', async () => {
    expect(await p90(new Scene())).toMatchObject({ status: 'inconclusive', promised: true, samples: 0 });
  });

  it('is not promised for the way down', async () => {
    const finding = await checkBound(
      orderCompletionTime,
      new Scene().orders(5, { stage: 'down' }),
      'S1-ORDER-P90',
      'down',
    );
    expect(finding).toMatchObject({ status: 'inconclusive', promised: false });
  });

  it('judges every stage by itself', async () => {
    const scene = new Scene().orders(500).orders(50, { stage: 'down', completionMs: 9_000 }, 'late');
    expect((await p90(scene)).status).toBe('pass');
    expect(await checkBound(orderCompletionTime, scene, 'S1-ORDER-P90', 'down')).toMatchObject({ status: 'fail' });
  });

  it('judges a stage that the profile does not know as if it were promised', async () => {
    const finding = await checkBound(
      orderCompletionTime,
      new Scene().orders(5, { stage: 'odd' }),
      'S1-ORDER-P90',
      'odd',
    );
    expect(finding).toMatchObject({ status: 'inconclusive', promised: true });
  });
});

describe('order completion time of a run that was stopped by hand', () => {
  const UNDER_WAY = { await: 'open', completionMs: null, sees: 'Placed', finalRead: NOT_ASKED, row: ABSENT } as const;

  it('is inconclusive when it depends on orders that were still under way and young', async () => {
    const scene = new Scene()
      .orders(80)
      .orders(20, { ...UNDER_WAY, atMs: 96_000, finalRead: 'Placed', finalReadAtMs: 99_000, row: 'Placed' }, 'young');
    const finding = await p90(stopped(scene));
    expect(finding.status).toBe('inconclusive');
    expect(finding.message).toBe('p90 < 5 s cannot be judged: 20 orders of 100 still under way when the load was cut');
    expect(finding.evidence).toMatchObject({ cutByStop: 20 });
  });

  it('fails when they had been under way for longer than the bound', async () => {
    const scene = new Scene()
      .orders(80)
      .orders(20, { ...UNDER_WAY, atMs: 90_000, finalRead: 'Placed', row: 'Placed' }, 'old');
    expect((await p90(stopped(scene))).status).toBe('fail');
  });

  it('fails when the final read found them still open after the bound, however young they were at the stop', async () => {
    const young = { ...UNDER_WAY, atMs: 94_000, finalRead: 'Placed', row: 'Placed' } as const;
    const scene = (finalReadAtMs: number) => new Scene().orders(80).orders(20, { ...young, finalReadAtMs }, 'young');
    expect((await p90(stopped(scene(100_400), 97_000))).status).toBe('inconclusive');
    expect((await p90(stopped(scene(100_500), 97_000))).status).toBe('fail');
  });

  it('passes when it holds even with all of them slow', async () => {
    const scene = new Scene().orders(400).orders(10, { await: 'open', atMs: 97_000 }, 'young');
    expect((await p90(stopped(scene))).status).toBe('pass');
  });

  it('counts an order as under way that was acknowledged and not yet awaited', async () => {
    const scene = new Scene().orders(80).orders(20, { await: 'none', atMs: 96_000 }, 'young');
    expect((await p90(stopped(scene))).status).toBe('inconclusive');
  });

  it('counts an order as under way whose submit the stop itself may have cut', async () => {
    const scene = (atMs: number) => new Scene().orders(80).orders(20, { submit: 'info', atMs }, 'unclear');
    expect((await p90(stopped(scene(97_600)))).status).toBe('inconclusive');
    expect((await p90(stopped(scene(97_400)))).status).toBe('fail');
  });

  it('counts orders as slow that ended failed, however shortly before the stop', async () => {
    const scene = new Scene().orders(80).orders(20, { atMs: 97_900, sees: 'OutOfStock' }, 'failed');
    expect((await p90(stopped(scene))).status).toBe('fail');
  });

  it('is inconclusive when it depends on orders that were seen final, but could not be read back', async () => {
    const scene = new Scene().orders(80).orders(20, { finalRead: UNANSWERED }, 'unread').withoutQueries();
    expect((await p90(scene)).status).toBe('inconclusive');
  });

  it('counts orders as slow that had ended badly before the stop', async () => {
    expect((await p90(stopped(new Scene().orders(80).orders(20, { submit: 'info' }, 'bad')))).status).toBe('fail');
  });
});

describe('order completion time of a run whose history has no end', () => {
  it('is inconclusive when it depends on orders that were under way at the last line', async () => {
    const scene = new Scene().orders(80).orders(20, { await: 'open', atMs: 5_000 }, 'young');
    expect((await p90(scene.history((lines) => lines.slice(0, -1)))).status).toBe('inconclusive');
  });
});

describe('order completion time of a run whose history has gaps', () => {
  it('is inconclusive when it depends on orders whose lines may be missing', async () => {
    const scene = new Scene()
      .orders(80)
      .orders(20, { await: 'open', atMs: 0 }, 'open')
      .operation({ key: 'x', f: 'y', atMs: 90_000 });
    const damaged = scene.history((lines) => lines.with(7, 'damaged'));
    expect((await p90(damaged)).status).toBe('inconclusive');
  });
});

describe('order flow time', () => {
  it('is the completion and all steps before it, without the pauses between', async () => {
    const scene = new Scene().orders(100, { stepMs: 100, completionMs: 800 });
    expect(await checkBound(orderFlowTime, scene, 'S1-FLOW-P90', '100')).toMatchObject({
      status: 'pass',
      observed: 1_100,
    });
  });

  it('fails when slow steps make a quick completion too late', async () => {
    const scene = new Scene().orders(100, { stepMs: 1_600, completionMs: 2_000 });
    expect((await p90(scene)).status).toBe('pass');
    expect(await checkBound(orderFlowTime, scene, 'S1-FLOW-P90', '100')).toMatchObject({
      status: 'fail',
      observed: 6_800,
    });
  });

  it('is inconclusive with too few orders', async () => {
    expect(await checkBound(orderFlowTime, new Scene().orders(20), 'S1-FLOW-P90', '100')).toMatchObject({
      status: 'inconclusive',
    });
  });
});
