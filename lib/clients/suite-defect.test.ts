import { expect, it, vi } from 'vitest';
import { Session } from './session.ts';
import { writtenDown } from './suite-defect.ts';
import { k6 } from './testing/fake-k6.ts';

vi.mock('../k6/shopper.ts', () => import('./testing/fake-k6.ts'));
vi.mock('../k6/ledger.ts', () => import('./testing/fake-k6.ts'));

it('a defect of the suite is written down without secrets, and comes back to be thrown after a rest', () => {
  k6.reset(() => ({ status: 404 }));
  const session = new Session({ headers: {}, secrets: ['pass-word-7'] }, 1_000);
  const cause = new TypeError('told pass-word-7');
  expect(writtenDown(cause, { session, key: 'customer-1', stage: '40' })).toBe(cause);
  expect(k6.operations).toEqual([
    {
      ...{ f: 'suite-defect', key: 'customer-1', stage: '40', outcome: 'info' },
      completion: { code: 'exception', message: 'TypeError: told [redacted]' },
    },
  ]);
  expect(k6.sleptMs).toEqual([1_000]);
});
