// Random orders for property tests, and a second, naive way of deciding what they must end as.

import fc from 'fast-check';
import type { Fate } from '../../model/order.ts';
import { ABSENT, finalReadOf, isSubmitted, type OrderScript, UNANSWERED } from './order-script.ts';

const COMPLETED = ['Fulfilling', 'Shipped', 'Delivered', 'Closed'];
const FAILED = ['PaymentFailed', 'OutOfStock', 'Cancelled'];
const OPEN = ['Placed', 'PendingPayment', 'InventoryReserved'];

const state = fc.constantFrom(...COMPLETED, ...FAILED, ...OPEN, 'Archived');
const outcome = fc.constantFrom('ok' as const, 'fail' as const, 'info' as const, 'open' as const);
const mostly = <T>(usual: T, others: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: others });

/** Any order: mostly one that goes well, with losses, unknown outcomes, cuts, doubles and contradictions among them. */
export const anyOrder: fc.Arbitrary<OrderScript> = fc
  .record({
    stage: fc.constantFrom('100', 'down'),
    checkout: mostly('ok' as const, outcome),
    submit: mostly('ok' as const, outcome),
    resubmit: mostly(undefined, outcome),
    completionMs: mostly(300 as number | null, fc.constantFrom(null, 50, 5_000, 12_000)),
    sees: mostly('Fulfilling', state),
    finalRead: mostly(undefined, fc.oneof(state, fc.constant(ABSENT), fc.constant(UNANSWERED))),
    row: mostly(undefined, fc.oneof(state, fc.constant(ABSENT))),
    payments: mostly(undefined, fc.nat({ max: 3 })),
    quantity: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ resubmit, finalRead, row, payments, ...script }) => ({
    ...script,
    await: 'done' as const,
    ...(resubmit === undefined ? {} : { resubmit }),
    ...(finalRead === undefined ? {} : { finalRead }),
    ...(row === undefined ? {} : { row }),
    ...(payments === undefined ? {} : { effects: { payment: payments } }),
  }));

/** What the order's shopper was told, from the script alone. */
function wasTold(script: OrderScript): 'nothing' | 'taken' | 'refused' | 'unclear' {
  if (!isSubmitted(script)) return 'nothing';
  const answers = [script.submit ?? 'ok', ...(script.resubmit === undefined ? [] : [script.resubmit])];
  if (answers.includes('ok')) return 'taken';
  return answers.every((answer) => answer === 'fail') ? 'refused' : 'unclear';
}

/** Its shopper's polling ended with a completed state. */
function sawCompleted(script: OrderScript): boolean {
  return isSubmitted(script) && script.completionMs !== null && COMPLETED.includes(script.sees ?? 'Fulfilling');
}

/** The fate by brute force: every rule of docs/adr/0003-fates.md as a list of cases, the first that applies. */
export function expectedFate(script: OrderScript): Fate {
  const http = finalReadOf(script);
  const row = script.row ?? (typeof http === 'string' ? http : ABSENT);
  const said = [http, row].filter((word) => typeof word === 'string');
  const last = said.at(-1) ?? '';
  const absent = http === ABSENT || row === ABSENT;
  const told = wasTold(script);
  const wasCompleted = sawCompleted(script) || said.some((word) => COMPLETED.includes(word));
  const cases: readonly (readonly [boolean, Fate])[] = [
    [told === 'nothing' && said.length > 0, 'contradicted'],
    [told === 'nothing', 'unsubmitted'],
    [told === 'refused' && said.length > 0, 'contradicted'],
    [told === 'refused' && absent, 'refused'],
    [told === 'unclear' && said.length > 0, 'recovered'],
    [told === 'unclear' && absent, 'never'],
    [told !== 'taken', 'unknown'],
    [absent, 'lost'],
    [said.length === 0, 'unread'],
    [OPEN.includes(last) && wasCompleted, 'lost'],
    [OPEN.includes(last) || last === 'Archived', 'stuck'],
    [['PaymentFailed', 'OutOfStock'].includes(last) && wasCompleted, 'lost'],
    [FAILED.includes(last), 'failed'],
  ];
  return cases.find(([applies]) => applies)?.[1] ?? 'completed';
}
