// Tests of the planted defects' names, settings and shares.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { Defects, defectNames } from './defects.ts';
import { configOf } from './testing/config-of.ts';

const ORDERS = Array.from({ length: 5000 }, () => randomUUID());

function shareHit(defects: Defects, name: (typeof defectNames)[number]): number {
  return ORDERS.filter((orderId) => defects.hits(name, orderId)).length / ORDERS.length;
}

test('without settings no defect hits any order', () => {
  const defects = new Defects({});
  for (const name of defectNames) expect(shareHit(defects, name)).toBe(0);
});

test('a defect hits about its share of the orders', () => {
  expect(shareHit(new Defects({ 'phantom-ok': { share: 0.3 } }), 'phantom-ok')).toBeCloseTo(0.3, 1);
});

test('a defect without parameters takes its defaults', () => {
  const share = shareHit(new Defects({ 'stuck-saga': {} }), 'stuck-saga');
  expect(share).toBeGreaterThan(0.15);
  expect(share).toBeLessThan(0.25);
  expect(new Defects({ 'slow-checkout': { share: 0.5 } }).parameters('slow-checkout').delayMs).toBeGreaterThan(1000);
});

test('share 1 hits every order, share 0 none', () => {
  expect(shareHit(new Defects({ 'poison-message': { share: 1 } }), 'poison-message')).toBe(1);
  expect(shareHit(new Defects({ 'poison-message': { share: 0 } }), 'poison-message')).toBe(0);
});

test('two processes agree about every order, and a larger share hits the same orders and more', () => {
  const few = new Defects({ 'phantom-ok': { share: 0.1 } });
  const sameFew = new Defects({ 'phantom-ok': { share: 0.1 } });
  const more = new Defects({ 'phantom-ok': { share: 0.4 } });
  for (const orderId of ORDERS) {
    expect(sameFew.hits('phantom-ok', orderId)).toBe(few.hits('phantom-ok', orderId));
    if (few.hits('phantom-ok', orderId)) expect(more.hits('phantom-ok', orderId)).toBe(true);
  }
});

test('two defects with the same share hit different orders', () => {
  const defects = new Defects({ 'phantom-ok': { share: 0.5 }, 'stuck-saga': { share: 0.5 } });
  const both = ORDERS.filter((orderId) => defects.hits('phantom-ok', orderId) && defects.hits('stuck-saga', orderId));
  expect(both.length / ORDERS.length).toBeCloseTo(0.25, 1);
});

test('one planted defect plants no other', () => {
  const defects = new Defects({ 'lock-order': { share: 1 } });
  for (const name of defectNames) expect(defects.hits(name, ORDERS[0] ?? '')).toBe(name === 'lock-order');
});

test.each(defectNames)('the configuration accepts %s', (name) => {
  expect(parseConfig({ ...configOf('payments'), defects: { [name]: {} } }).defects).toEqual({ [name]: {} });
});

test.each([
  ['an unknown name', { 'phantom-okay': {} }, /phantom-okay/],
  ['a parameter of another defect', { 'phantom-ok': { holdMs: 1 } }, /holdMs/],
  ['a share above 1', { 'phantom-ok': { share: 1.5 } }, /share/],
  ['a share that is no number', { 'phantom-ok': { share: '0.5' } }, /share/],
])('the configuration refuses %s', (_, defects, reason) => {
  expect(() => parseConfig({ ...configOf('payments'), defects })).toThrow(reason);
});
