import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Fault } from '../faults/fault.ts';
import { readIntents, writeIntent } from './intent-files.ts';
import { fakeFault, fakeSystem } from './testing/fake-system.ts';
import { Watch } from './watch.ts';

const SUITE = { pid: 2 ** 22, startTicks: 1, bootId: 'another' };
const intentOf = (id: string) =>
  ({
    v: 1,
    id,
    run: 'r',
    key: id,
    fault: 'fake-fault',
    intent: { whom: id },
    suite: SUITE,
    healAfterMs: 1e15,
  }) as const;

function setUp(system = fakeSystem(), fault: Fault = fakeFault(system)) {
  const said: string[] = [];
  const suite = { isAlive: true };
  const tools = { faultNamed: () => fault, say: (text: string) => void said.push(text), isAlive: () => suite.isAlive };
  return { system, said, suite, watch: new Watch(system, SUITE, tools) };
}

it('keeps its watch as long as the suite lives, and heals when it is gone', async () => {
  const { system, said, suite, watch } = setUp();
  writeIntent(system.intentFolder, intentOf('a'));
  expect(await watch.look()).toBe(false);
  expect(system.done).toEqual([]);
  suite.isAlive = false;
  expect(await watch.look()).toBe(false);
  expect(readIntents(system.intentFolder)).toEqual([]);
  expect(await watch.look()).toBe(true);
  expect(said).toContain('healed: a');
  expect(said.at(-1)).toBe('the suite is gone and nothing is left');
});

it('heals the others of a damaged intent, and says at the end that it stays', async () => {
  const { system, said, suite, watch } = setUp();
  writeIntent(system.intentFolder, intentOf('b'));
  writeFileSync(join(system.intentFolder, 'a.json'), '{');
  suite.isAlive = false;
  expect(await watch.look()).toBe(false);
  expect(system.done).toEqual(['heal b']);
  expect(await watch.look()).toBe(true);
  expect(said.at(-1)).toContain('a.json is no intent');
});

it('stays at its post when it cannot look, and says so once', async () => {
  const { system, said, suite, watch } = setUp();
  suite.isAlive = false;
  writeFileSync(system.intentFolder, 'a file where the folder should be');
  expect(await watch.look()).toBe(false);
  expect(await watch.look()).toBe(false);
  expect(said).toHaveLength(1);
  rmSync(system.intentFolder);
  writeIntent(system.intentFolder, intentOf('a'));
  await watch.look();
  expect(system.done).toEqual(['heal a']);
});
