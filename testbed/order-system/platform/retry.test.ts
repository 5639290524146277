// Tests of what is tried again, and of when it ends.

import { expect, test } from 'vitest';
import { isTransient } from './database.ts';
import { withRetries } from './retry.ts';

const failure = (code: string) => Object.assign(new Error(code), { code });
const never = new AbortController().signal;

test.each([
  '40P01',
  '40001',
  '57P01',
  '53300',
  '08006',
  '55P03',
  'ECONNREFUSED',
  'CONNECTION_CLOSED',
  'CONNECT_TIMEOUT',
])('%s passes by itself', (code) => expect(isTransient(failure(code))).toBe(true));

test.each(['23505', '22P02', '42P01', 'FST_ERR_VALIDATION'])('%s does not', (code) => {
  expect(isTransient(failure(code))).toBe(false);
});

test('an error without a code is for good', () => {
  expect(isTransient(new Error('poison'))).toBe(false);
  expect(isTransient(null)).toBe(false);
});

test('work that fails for a while succeeds in the end, and each failure is reported', async () => {
  let tries = 0;
  const reported: unknown[] = [];
  const work = async () => {
    if (++tries < 4) throw failure('40P01');
    return tries;
  };
  expect(await withRetries(work, never, (error) => reported.push(error))).toBe(4);
  expect(reported).toHaveLength(3);
});

test('work that fails for good is not tried again', async () => {
  let tries = 0;
  const work = async () => {
    tries++;
    throw failure('22P02');
  };
  await expect(withRetries(work, never, () => undefined)).rejects.toThrow('22P02');
  expect(tries).toBe(1);
});

test('after an abort the work gets one last try', async () => {
  const stopping = new AbortController();
  let tries = 0;
  const work = async () => {
    tries++;
    throw failure('ECONNREFUSED');
  };
  const outcome = withRetries(work, stopping.signal, () => stopping.abort());
  await expect(outcome).rejects.toThrow('ECONNREFUSED');
  expect(tries).toBe(2);
});
