import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { DiskControl } from './disk/disk-control.ts';
import { FaultProxyControl } from './fault-proxy/fault-proxy-control.ts';
import { instanceOf } from './instance.ts';
import { addressPlan } from './network/address-plan.ts';
import { NetworkControl } from './network/cuts.ts';

const home = temporaryFolder();
const instance = instanceOf('plain', { STAMPEDE_HOME: home });

beforeAll(() => {
  mkdirSync(instance.folder, { recursive: true });
  const plan = {
    mode: 'loopback',
    because: 'this machine has no root',
    addresses: addressPlan('loopback', 1),
    processes: [],
  };
  writeFileSync(instance.planFile, JSON.stringify(plan));
});

it.each([
  ['cuts', () => new NetworkControl(instance), 'all parts share one network: this machine has no root'],
  ['faults of links', () => new FaultProxyControl(instance), 'without its fault proxy'],
  ['a full disk', () => new DiskControl(instance), 'without a small disk'],
])('a testbed that was not made for %s says so', async (_what, control, reason) => {
  expect(await control().impossible()).toContain(reason);
});

it('a disk that is not the small one is never filled', async () => {
  await expect(new DiskControl(instance).fill()).rejects.toThrow('there is no small disk');
});

it('a testbed without namespaces has no cuts, and is asked for none', async () => {
  expect(await new NetworkControl(instance).cuts()).toEqual([]);
});
