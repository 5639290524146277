import { expect, it } from 'vitest';
import { refuseWithoutGround } from './game-day-ground.ts';

it('a testbed that was started without it is refused, with the commands that make one with it', () => {
  expect(() => refuseWithoutGround('mine', [{ name: 'payments' }])).toThrow(
    expect.objectContaining({
      exitCode: 64,
      hint: 'End it first: npx stampede down --instance mine\nThen: npx stampede up --game-day --instance mine',
    }),
  );
});

it('one that has the proxy is not', () => {
  expect(() => refuseWithoutGround('mine', [{ name: 'payments' }, { name: 'fault-proxy' }])).not.toThrow();
});
