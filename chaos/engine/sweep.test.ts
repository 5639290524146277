import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { System } from '../targets/system.ts';
import { thisProcess } from '../targets/this-process.ts';
import { whileClaimed } from './claim.ts';
import { type ActiveIntent, readIntents, removeIntent, writeIntent } from './intent-files.ts';
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

describe('a damaged intent', () => {
  it.each([
    ['that is no JSON', '{'],
    ['that lacks whom it struck', JSON.stringify({ ...intentOf('a'), intent: undefined })],
    ['that is of another file', JSON.stringify(intentOf('other'))],
  ])('%s is not taken for none: exit 7, and the others are healed', async (_what, content) => {
    const system = fakeSystem();
    const fault = fakeFault(system);
    writeIntent(system.intentFolder, intentOf('b'));
    writeFileSync(join(system.intentFolder, 'a.json'), content);
    const swept = sweep(system, { faultNamed: () => fault, say: () => undefined });
    await expect(swept).rejects.toMatchObject({ exitCode: 7, message: expect.stringContaining('a.json is no intent') });
    expect(system.done).toEqual(['heal b']);
    expect(() => readIntents(system.intentFolder)).toThrow('is no intent');
  });
});

it('does not take a folder that cannot be read for an empty one', () => {
  const system = fakeSystem();
  writeFileSync(system.intentFolder, 'a file where the folder should be');
  expect(() => readIntents(system.intentFolder)).toThrow('ENOTDIR');
});

describe('an intent that another process is healing', () => {
  it('is waited for by a sweep, and not healed a second time', async () => {
    const system = fakeSystem();
    const fault = fakeFault(system);
    const intent = intentOf('a');
    writeIntent(system.intentFolder, intent);
    const { promise: healed, resolve: end } = Promise.withResolvers<void>();
    const other = whileClaimed(system, intent, 0, () => healed.then(() => removeIntent(system.intentFolder, 'a')));
    const swept = sweep(system, { faultNamed: () => fault, say: () => undefined });
    const waiting = swept.then(
      () => 'swept',
      () => 'swept',
    );
    expect(await Promise.race([waiting, pause(300, 'waits')])).toBe('waits');
    end();
    await other;
    expect(await swept).toBe(1);
    expect(system.done).toEqual([]);
  });

  it('ends a sweep with exit 7 when that does not end', async () => {
    const system = fakeSystem();
    const intent = intentOf('a');
    writeIntent(system.intentFolder, intent);
    const { promise: never, resolve: end } = Promise.withResolvers<void>();
    const other = whileClaimed(system, intent, 0, () => never);
    const swept = sweep(system, { faultNamed: () => fakeFault(system), say: () => undefined, claimWaitMs: 100 });
    await expect(swept).rejects.toMatchObject({ exitCode: 7, message: expect.stringContaining('another process') });
    end();
    await other;
  });

  it('is taken over when that process has held it for far too long', async () => {
    const system = fakeSystem();
    const fault = fakeFault(system);
    const intent = intentOf('a', { healAfterMs: Date.now() - 3_600_000 });
    writeIntent(system.intentFolder, intent);
    const { promise: never, resolve: end } = Promise.withResolvers<void>();
    const other = whileClaimed(system, intent, 0, () => never);
    await sweep(system, { faultNamed: () => fault, say: () => undefined, claimWaitMs: 0 });
    expect(system.done).toEqual(['heal a']);
    end();
    await other;
  });
});

function fakeWith(parts: Partial<System>): System {
  return { ...fakeSystem(), ...parts };
}

it('undoes what no intent tells of, and refuses to go on when it cannot', async () => {
  const fake = fakeSystem();
  const cuts = new Set(['a']);
  const join = async ({ id }: { readonly id: string }) => void cuts.delete(id);
  const network = { ...fake.network, impossible: async () => null, cuts: async () => [...cuts], join };
  const tools = { faultNamed: () => undefined, say: () => undefined };
  expect(await sweep(fakeWith({ network }), tools)).toBe(1);
  expect(cuts.size).toBe(0);
  const database = { ...fake.database, takenBy: async () => 3 };
  await expect(sweep(fakeWith({ database }), tools)).rejects.toMatchObject({ exitCode: 7 });
});

it('goes on when one thing cannot be undone, and looks again before it judges', async () => {
  const fake = fakeSystem();
  const cuts = new Set(['a', 'b']);
  const join = async ({ id }: { readonly id: string }) => {
    cuts.delete(id);
    if (id === 'a') throw new Error('no answer');
  };
  const network = { ...fake.network, impossible: async () => null, cuts: async () => [...cuts], join };
  expect(await sweep(fakeWith({ network }), { faultNamed: () => undefined, say: () => undefined })).toBe(2);
  const stuck = { ...network, cuts: async () => ['c'], join: () => Promise.reject(new Error('no answer')) };
  const swept = sweep(fakeWith({ network: stuck }), { faultNamed: () => undefined, say: () => undefined });
  await expect(swept).rejects.toMatchObject({ exitCode: 7, message: expect.stringContaining('cut c') });
});

it.each([
  ['that a fault has raised', 1_000_000_000_000_000, 7],
  ['of a machine that is short of room', 50_000_000, 69],
])('an alarm %s (limit %i) ends with exit %i', async (_what, diskBytes, exitCode) => {
  const fake = fakeSystem();
  const alarms: System['broker']['alarms'] = async () => [{ node: 'broker-1', resource: 'disk' }];
  const broker = { ...fake.broker, alarms, limits: async () => ({ memoryBytes: 1e9, diskBytes }) };
  const swept = sweep(fakeWith({ broker }), { faultNamed: () => undefined, say: () => undefined });
  await expect(swept).rejects.toMatchObject({ exitCode });
});
