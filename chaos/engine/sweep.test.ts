import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { thisProcess } from '../targets/this-process.ts';
import { type ActiveIntent, readIntents, writeIntent } from './intent-files.ts';
import { abandonedIntents, sweep } from './sweep.ts';
import { fakeFault, fakeSystem } from './testing/fake-system.ts';

const LATER_MS = Date.now() + 600_000;
const gone = { pid: 2 ** 22, startTicks: 1, bootId: 'another' };

function intentOf(id: string, change: Partial<ActiveIntent> = {}): ActiveIntent {
  return {
    ...{ v: 1, id, run: 'r', key: id, fault: 'fake-fault', intent: { whom: id }, suite: gone, healAfterMs: LATER_MS },
    ...change,
  };
}

it('finds what no living suite answers for, and what is on for longer than it may be', () => {
  const system = fakeSystem();
  const suite = thisProcess();
  writeIntent(system.intentFolder, intentOf('of-a-dead-suite'));
  writeIntent(system.intentFolder, intentOf('of-this-suite', { suite }));
  writeIntent(system.intentFolder, intentOf('too-long', { suite, healAfterMs: Date.now() - 1 }));
  expect(abandonedIntents(system).map(({ id }) => id)).toEqual(['of-a-dead-suite', 'too-long']);
});

it('heals all that is left, the latest first, and says how many', async () => {
  const system = fakeSystem();
  const fault = fakeFault(system);
  for (const id of ['a', 'b']) writeIntent(system.intentFolder, intentOf(id));
  const found = await sweep(system, { faultNamed: () => fault, say: () => undefined });
  expect(found).toBe(2);
  expect(system.done).toEqual(['heal b', 'heal a']);
  expect(readIntents(system.intentFolder)).toEqual([]);
});

it('refuses to go on with exit 7 when one could not be healed, and heals the others', async () => {
  const system = fakeSystem();
  const fault = fakeFault(system);
  writeIntent(system.intentFolder, intentOf('a'));
  writeIntent(system.intentFolder, intentOf('b', { fault: 'of-a-later-version' }));
  const faultNamed = (name: string) => (name === fault.name ? fault : undefined);
  const swept = sweep(system, { faultNamed, say: () => undefined });
  await expect(swept).rejects.toMatchObject({ exitCode: 7, message: expect.stringContaining('of-a-later-version') });
  expect(readdirSync(system.intentFolder)).toEqual(['b.json']);
});

it('does not take a damaged intent for none', () => {
  const system = fakeSystem();
  writeIntent(system.intentFolder, intentOf('a'));
  appendFileSync(join(system.intentFolder, 'a.json'), '}');
  expect(() => readIntents(system.intentFolder)).toThrow('is no intent');
});

it('undoes what no intent tells of, and refuses to go on when it cannot', async () => {
  const fake = fakeSystem();
  const cuts = new Set(['a']);
  const join = async ({ id }: { readonly id: string }) => void cuts.delete(id);
  const network = { ...fake.network, impossible: async () => null, cuts: async () => [...cuts], join };
  const tools = { faultNamed: () => undefined, say: () => undefined };
  expect(await sweep({ ...fake, network }, tools)).toBe(1);
  expect(cuts.size).toBe(0);
  const database = { ...fake.database, takenBy: async () => 3 };
  await expect(sweep({ ...fake, database }, tools)).rejects.toMatchObject({ exitCode: 7 });
});
