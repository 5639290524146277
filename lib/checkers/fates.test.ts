import { describe, expect, it } from 'vitest';
import type { Fate } from '../model/order.ts';
import { countFates, fatesOf } from './fates.ts';
import { ABSENT, NOT_ASKED, type OrderScript, UNANSWERED } from './testing/order-script.ts';
import { Scene } from './testing/scene.ts';

async function fateOf(
  script: OrderScript,
  change: (scene: Scene) => Scene = (scene) => scene,
): Promise<Fate | undefined> {
  const fates = fatesOf(await change(new Scene().order('a', script)).evidence());
  return fates[0]?.fate;
}

const withoutQueries = (scene: Scene): Scene => scene.withoutQueries();
const withoutEnd = (scene: Scene): Scene => scene.history((lines) => lines.slice(0, -1));

describe('the fate of an acknowledged order', () => {
  it.each([
    ['completed', 'it is in a completed state', {}],
    ['completed', 'it went on to a later completed state', { sees: 'Fulfilling', finalRead: 'Closed' }],
    [
      'completed',
      'polling gave up before, but it is completed in the end',
      { completionMs: null, sees: 'Placed', finalRead: 'Fulfilling' },
    ],
    ['failed', 'it is in a failure state', { sees: 'PaymentFailed' }],
    ['failed', 'it was completed and failed later', { sees: 'Shipped', finalRead: 'DeliveryFailed' }],
    [
      'lost',
      'it was completed and then fell to a failure that comes before',
      { sees: 'Fulfilling', finalRead: 'OutOfStock' },
    ],
    ['stuck', 'it is there, but not final', { completionMs: null, sees: 'PendingPayment' }],
    ['stuck', 'its state is a word that the contract does not know', { completionMs: null, sees: 'Archived' }],
    [
      'completed',
      'HTTP has it open and the store, read later, has it completed',
      { completionMs: null, sees: 'Placed', finalRead: 'Placed', row: 'Fulfilling' },
    ],
    [
      'lost',
      'HTTP has it completed and the store, read later, has it open',
      { completionMs: null, sees: 'Placed', finalRead: 'Fulfilling', row: 'Placed' },
    ],
    ['lost', 'it is absent', { finalRead: ABSENT }],
    ['lost', 'it is absent over HTTP alone', { finalRead: ABSENT, row: 'Fulfilling' }],
    ['lost', 'it is absent in the store alone', { finalRead: 'Fulfilling', row: ABSENT }],
    ['lost', 'it is absent in the store, and HTTP gave no answer', { finalRead: UNANSWERED }],
    ['lost', 'it fell back from a completed state to an open one', { sees: 'Fulfilling', finalRead: 'PendingPayment' }],
    ['completed', 'only a resubmit was acknowledged', { submit: 'info', resubmit: 'ok', await: 'done' }],
    [
      'lost',
      'only a resubmit was acknowledged, and it is absent',
      { submit: 'fail', resubmit: 'ok', await: 'done', finalRead: ABSENT },
    ],
  ] as const)('is %s when %s', async (fate, _when, script) => {
    expect(await fateOf(script)).toBe(fate);
  });

  it.each([
    ['unread', 'no read got an answer', { finalRead: UNANSWERED }],
    ['unread', 'it was not asked for', { finalRead: NOT_ASKED }],
    ['completed', 'HTTP alone tells so', {}],
    ['lost', 'HTTP alone tells that it is absent', { finalRead: ABSENT }],
  ] as const)('is, without queries, %s when %s', async (fate, _when, script) => {
    expect(await fateOf(script, withoutQueries)).toBe(fate);
  });

  it('is lost when an earlier final read had found it completed and the last one finds it open', async () => {
    const script = { completionMs: null, sees: 'Placed' };
    const evidence = await new Scene().order('a', script).withoutQueries().evidence();
    const said = { customer: 'same', items: null } as const;
    const read = { present: true, status: 'Placed', timeMs: 1, wasCompleted: true, ...said };
    const reads = { condition: evidence.history.condition, reads: new Map([['a', read]]) };
    expect(fatesOf({ ...evidence, finalReads: reads })[0]?.fate).toBe('lost');
    const never = { ...reads, reads: new Map([['a', { ...read, wasCompleted: false }]]) };
    expect(fatesOf({ ...evidence, finalReads: never })[0]?.fate).toBe('stuck');
  });
});

describe('the fate of an order that was not acknowledged', () => {
  it.each([
    ['recovered', 'its outcome is unknown and it is there', { submit: 'info' }],
    ['recovered', 'its submit was cut and it is there', { submit: 'open' }],
    ['recovered', 'its outcome is unknown and one source has it', { submit: 'info', finalRead: ABSENT, row: 'Placed' }],
    ['never', 'its outcome is unknown and it is absent', { submit: 'info', finalRead: ABSENT }],
    ['refused', 'it was refused and is absent', { submit: 'fail' }],
    ['contradicted', 'it was refused and is there', { submit: 'fail', finalRead: 'Placed' }],
    ['contradicted', 'it was refused and one source has it', { submit: 'fail', finalRead: ABSENT, row: 'Placed' }],
    ['unsubmitted', 'an earlier step failed', { checkout: 'fail' }],
    ['unsubmitted', 'an earlier step was cut', { checkout: 'open' }],
    ['contradicted', 'it was never submitted and is there', { checkout: 'fail', finalRead: 'Placed' }],
  ] as const)('is %s when %s', async (fate, _when, script) => {
    expect(await fateOf(script)).toBe(fate);
  });

  it.each([
    ['unknown', 'its outcome is unknown', { submit: 'info', finalRead: UNANSWERED }],
    ['unknown', 'it was refused', { submit: 'fail', finalRead: UNANSWERED }],
    ['unsubmitted', 'it was never submitted', { checkout: 'fail', finalRead: NOT_ASKED }],
  ] as const)('is, when nothing could be read, %s if %s', async (fate, _when, script) => {
    expect(await fateOf(script, withoutQueries)).toBe(fate);
  });

  it('is recovered, not contradicted, when its submit may have been sent and the line lost with the generator', async () => {
    expect(await fateOf({ submit: 'none', finalRead: 'Placed' }, withoutEnd)).toBe('recovered');
    expect(await fateOf({ submit: 'fail', finalRead: 'Placed' }, withoutEnd)).toBe('contradicted');
  });
});

describe('counting fates', () => {
  it('counts each, and names those that no order has', async () => {
    const evidence = await new Scene().orders(3).order('lost', { finalRead: ABSENT }).evidence();
    expect(countFates(fatesOf(evidence))).toMatchObject({ completed: 3, lost: 1, failed: 0, contradicted: 0 });
  });
});
