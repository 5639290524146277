import { expect, it } from 'vitest';
import { ALL_FAULTS } from '../../chaos/faults/all-faults.ts';
import { listFaults } from './fault-text.ts';

const named = (...names: readonly string[]) => ALL_FAULTS.filter(({ name }) => names.includes(name));

it('says of each fault which values its options take, and shows one step', () => {
  expect(listFaults(named('process-kill', 'link-bandwidth'))).toBe(
    `process-kill: ends a process, and all that it has started, at once (SIGKILL)
  process: a name
  restartedBy: supervisor | heal
  example: {"fault":"process-kill","options":{"process":"payments","restartedBy":"heal"},"forS":10}
link-bandwidth: narrows the connections of services to the broker, the database or the orders service
  services: a list, each a name
  to: broker | database | orders-api
  kilobytesPerS: a whole number from 1 to 20
  example: {"fault":"link-bandwidth","options":{"services":["orders-saga"],"to":"broker","kilobytesPerS":5},"forS":10}
`,
  );
});

it('has no word of a schema for any fault', () => {
  expect(listFaults(ALL_FAULTS)).not.toMatch(/undefined|pattern|additionalProperties/);
});
