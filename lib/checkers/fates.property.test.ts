import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounds } from '../../thresholds.ts';
import type { HistoryLine } from '../model/history.ts';
import { FATES } from '../model/order.ts';
import { isPromised } from './checker.ts';
import { fatesOf } from './fates.ts';
import { judge } from './judge.ts';
import { duplicatesOf } from './no-effect-duplicated.ts';
import { operationsOf } from './operations-conservation.ts';
import { anyOrder, expectedFate } from './testing/arbitrary-orders.ts';
import { ABSENT, type OrderScript } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

const someOrders = fc.array(anyOrder, { minLength: 1, maxLength: 30 });

function sceneOf(scripts: readonly OrderScript[]): Scene {
  const scene = new Scene();
  for (const [index, script] of scripts.entries()) scene.order(`order-${index}`, script);
  return scene;
}

describe('for any orders', () => {
  it('every fate is the one that brute force finds', async () => {
    await fc.assert(
      fc.asyncProperty(someOrders, async (scripts) => {
        const fates = fatesOf(await sceneOf(scripts).evidence());
        expect(fates.map(({ fate }) => fate)).toEqual(scripts.map(expectedFate));
      }),
      { numRuns: 500 },
    );
  });

  it('orders and operations are conserved, counted in a second way', async () => {
    await fc.assert(
      fc.asyncProperty(someOrders, async (scripts) => {
        const scene = sceneOf(scripts);
        const verdict = judge(await scene.evidence());
        const { begun, acknowledged, fates } = verdict.orders;
        expect(begun).toBe(scripts.length);
        expect(FATES.reduce((sum, fate) => sum + fates[fate], 0)).toBe(begun);
        expect(fates.completed + fates.failed + fates.stuck + fates.lost + fates.unread).toBe(acknowledged);
        const types = scene.files().history.map((line) => (JSON.parse(line) as HistoryLine).type);
        const count = (type: HistoryLine['type']): number => types.filter((each) => each === type).length;
        const open = count('invoke') - count('ok') - count('fail') - count('info');
        expect(verdict.operations).toEqual({
          begun: count('invoke'),
          ok: count('ok'),
          fail: count('fail'),
          info: count('info') + open,
        });
      }),
    );
  });

  it('exactly the orders with an effect twice are duplicated', async () => {
    await fc.assert(
      fc.asyncProperty(someOrders, async (scripts) => {
        const evidence = await sceneOf(scripts).evidence();
        const stored = scripts.map((_, index) => evidence.platform?.orders?.has(`order-${index}`));
        const expected = scripts.flatMap((script, index) =>
          stored[index] && (script.effects?.payment ?? 0) > 1 ? [`order-${index}`] : [],
        );
        expect(duplicatesOf(evidence).map(({ key }) => key)).toEqual(expected);
      }),
    );
  });

  it('the verdict is a failure of integrity exactly when an order is lost, contradicted, duplicated or without its effects', async () => {
    await fc.assert(
      fc.asyncProperty(someOrders, async (scripts) => {
        const evidence = await sceneOf(scripts).evidence();
        const verdict = judge(evidence);
        const fates = scripts.map(expectedFate);
        const failed = verdict.findings.filter((each) => each.kind === 'integrity' && each.status === 'fail');
        const ids = new Set(failed.map((each) => each.id));
        expect(ids.has('S1-DURABLE')).toBe(fates.includes('lost'));
        expect(ids.has('no-order-contradicted')).toBe(fates.includes('contradicted'));
        expect(ids.has('S1-DUP')).toBe(verdict.orders.duplicated > 0);
        expect(ids.has('totals-balance')).toBe(false);
        expect(verdict.exitCode === 2).toBe(failed.length > 0);
      }),
    );
  });

  it('the verdict never depends on the order in which the lines of different shoppers were written', async () => {
    await fc.assert(
      fc.asyncProperty(someOrders, fc.infiniteStream(fc.nat({ max: 5_000 })), async (scripts, starts) => {
        const moved = scripts.map((script) => ({ ...script, atMs: starts.next().value as number }));
        const first = fatesOf(await sceneOf(scripts).evidence());
        const second = fatesOf(await sceneOf(moved).evidence());
        const byKey = new Map(second.map(({ order, fate }) => [order.key, fate]));
        expect(first.map(({ order }) => byKey.get(order.key))).toEqual(first.map(({ fate }) => fate));
      }),
    );
  });
});

describe('a run that passes', () => {
  const ORDERS = 160;
  const anyKey = fc.integer({ min: 1, max: ORDERS }).map((number) => `order-${number}`);
  const passing = (): Scene => new Scene().orders(ORDERS);

  it('passes', async () => {
    expect(judge(await passing().evidence())).toMatchObject({ exitCode: 0, word: 'pass' });
  });

  it('fails with exit 2 when any one order is absent in the end, and names it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: ORDERS - 1 }), async (dropped) => {
        const scene = new Scene();
        for (let number = 0; number < ORDERS; number++)
          scene.order(`order-${number}`, number === dropped ? { finalRead: ABSENT } : {});
        const verdict = judge(await scene.evidence());
        expect(verdict.exitCode).toBe(2);
        const lost = verdict.findings.find((finding) => finding.id === 'S1-DURABLE');
        expect(JSON.stringify(lost?.evidence)).toContain(`"order-${dropped}"`);
      }),
      { numRuns: 20 },
    );
  });

  it('is never green when any one line of the history is missing or damaged', async () => {
    const lines = passing().files().history.length;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: lines - 1 }), fc.boolean(), async (at, damage) => {
        const scene = passing().history((all) => (damage ? all.with(at, '{"v":1,') : all.toSpliced(at, 1)));
        expect(judge(await scene.evidence()).exitCode).toBe(5);
      }),
      { numRuns: 50 },
    );
  });

  it('is never green when the last operation of all has lost its invoke, which leaves no gap in the numbers', async () => {
    const last = `"seq":${passing().files().history.length / 2 - 1},`;
    const scene = passing().history((all) => all.filter((line) => !(line.includes(last) && line.includes('"invoke"'))));
    expect(judge(await scene.evidence()).exitCode).toBe(5);
  });

  it('is inconclusive, never broken and never green, wherever the generator was killed', async () => {
    const lines = passing().files().history.length;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: lines - 1 }), async (kept) => {
        const diedMs = 1_800_000_000_000 + 60_000;
        const scene = passing()
          .history((all) => [...all.slice(0, kept), (all[kept] ?? '').slice(0, 40)])
          .run({
            generators: [{ generator: 'g1', exitCode: null, signal: 'SIGKILL' }],
            interruption: { by: 'generator-died', timeMs: diedMs, reason: 'k6 was ended by SIGKILL' },
          });
        expect(judge(await scene.evidence()).exitCode).toBe(5);
      }),
      { numRuns: 50 },
    );
  });

  it('loses its pass with any one bound whose metric is misspelt', async () => {
    const evidence = await passing().evidence();
    for (const bound of bounds.filter((each) => isPromised(each, evidence.run))) {
      const misspelt = bounds.map((each) => (each === bound ? { ...each, metric: `${each.metric}s` } : each));
      const verdict = judge(evidence, misspelt);
      expect(verdict.exitCode).toBe(5);
      expect(verdict.because).toContain(bound.id);
    }
  });

  it('keeps every operation when any one order is cut', async () => {
    await fc.assert(
      fc.asyncProperty(anyKey, async (key) => {
        const scene = passing().history((all) =>
          all.filter((line) => !(line.includes(`"${key}"`) && line.includes('"type":"ok"'))),
        );
        const { begun, ok, fail, info } = operationsOf(await scene.evidence());
        expect(begun).toBe(ok + fail + info);
        expect(info).toBe(5);
      }),
      { numRuns: 20 },
    );
  });
});
