import { expect, it } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

it('knows the name that a mistyped one was meant for', () => {
  expect(didYouMean('paymets', ['orders-api', 'payments'])).toBe('did you mean "payments"?');
});

it('lists what there is where nothing is near, also where every name is short', () => {
  expect(didYouMean('nobody', ['orders-api', 'payments'])).toBe('known are orders-api, payments');
  expect(didYouMean('xyz', ['ab'])).toBe('known are ab');
  expect(didYouMean('xyz', [])).toBe('none is known');
});
