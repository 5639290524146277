import { expect, it } from 'vitest';
import type { System } from '../targets/system.ts';
import { brokerDiskFull } from './broker-disk-full.ts';

const INTENT = { nodes: ['broker-2'], queue: 'orders', lives: { 'broker-2': 'broker-2/1' } };

it('does not wait until the node notices when the run is stopped: healing is to begin', async () => {
  const { promise: filled, resolve } = Promise.withResolvers<void>();
  const system = {
    disk: { node: 'broker-2', fill: async () => resolve() },
    broker: { alarms: async () => [] },
    processes: { problem: async () => null },
  } as unknown as System;
  const stop = new AbortController();
  const injected = brokerDiskFull.inject(system, INTENT, stop.signal);
  await filled;
  stop.abort(new Error('stopped'));
  await expect(injected).rejects.toThrow('stopped');
});
