// Tests of how the services spread over the broker's nodes.

import { expect, test } from 'vitest';
import { SERVICES } from '../config.ts';
import { nodesFor } from './broker.ts';

const brokers = ['a', 'b', 'c'].map((host) => ({ host, port: 5672 }));

test('every service knows every node', () => {
  for (const service of SERVICES) {
    expect(nodesFor({ service, brokers }).toSorted((a, b) => a.host.localeCompare(b.host))).toEqual(brokers);
  }
});

test('the services begin with different nodes', () => {
  const firsts = SERVICES.map((service) => nodesFor({ service, brokers })[0]?.host);
  expect(firsts.toSorted()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
});

test('a single node serves all', () => {
  expect(nodesFor({ service: 'fulfillment', brokers: brokers.slice(0, 1) })).toEqual(brokers.slice(0, 1));
});
