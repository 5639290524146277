import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { PlannedFault } from '../../lib/model/experiment.ts';
import type { OperationStart } from '../../runner/history-writer.ts';
import type { Fault } from '../faults/fault.ts';
import { HelpedInVain } from '../faults/helped-in-vain.ts';
import { ActiveFaults } from './active-faults.ts';
import { whileClaimed } from './claim.ts';
import { readIntents } from './intent-files.ts';
import { type FakeSystem, fakeFault, fakeSystem } from './testing/fake-system.ts';

const PLANNED: PlannedFault = {
  key: 'fake-fault',
  fault: 'fake-fault',
  options: { whom: 'payments' },
  when: { afterS: 0 },
  durationMs: null,
};

/** Writes down what was begun and how it ended, with the intents that stood on disk then. */
function setUp(
  system: FakeSystem,
  fault: Fault,
  refuse: (down: readonly string[]) => void = () => undefined,
  full = new Set<string>(),
) {
  const told: string[] = [];
  const values: unknown[] = [];
  const stop = new AbortController();
  const write = (line: string): void => {
    if (full.has(line)) throw new Error('the disk is full');
    told.push(line);
  };
  const begin = ({ f, key }: OperationStart) => {
    write(`${f} ${key} with ${readIntents(system.intentFolder).length} intents`);
    const complete = (type: string, { value }: { readonly value?: unknown } = {}) => {
      write(`${f} ${type}`);
      values.push(value);
    };
    return { complete };
  };
  const faults = new ActiveFaults({
    system,
    faultNamed: (name) => (name === fault.name ? fault : undefined),
    run: 'r1',
    suite: { pid: process.pid, startTicks: 1, bootId: 'b' },
    history: { begin },
    say: () => undefined,
    refuse,
    signal: stop.signal,
  });
  return { faults, told, values, stop };
}

describe('the faults of a run', () => {
  it('have their intent on disk before anything is done, until they are seen healed', async () => {
    const system = fakeSystem();
    const seen: number[] = [];
    const inject = async () => void seen.push(readIntents(system.intentFolder).length);
    const { faults, told } = setUp(system, fakeFault(system, { inject }));
    await faults.inject(PLANNED);
    expect(seen).toEqual([1]);
    expect(faults.left).toEqual(['r1.fake-fault']);
    await faults.heal(PLANNED.key);
    expect(readdirSync(system.intentFolder)).toEqual([]);
    expect(faults.left).toEqual([]);
    expect(told).toEqual([
      'inject fake-fault with 1 intents',
      'inject ok',
      'heal fake-fault with 1 intents',
      'heal ok',
    ]);
  });

  it('are healed though no effect was seen', async () => {
    const system = fakeSystem();
    const fault = fakeFault(system, { inject: () => Promise.reject(new Error('nobody fell')) });
    const { faults, told } = setUp(system, fault);
    await faults.inject(PLANNED);
    await faults.healAll();
    expect(told).toContain('inject info');
    expect(system.on.size).toBe(0);
  });

  it('that could not be healed keep their intent, and are tried twice', async () => {
    const system = fakeSystem();
    const fault = fakeFault(system, { heal: () => Promise.reject(new Error('too weak')) });
    const { faults, told } = setUp(system, fault);
    await faults.inject(PLANNED);
    await faults.healAll();
    expect(told.at(-1)).toBe('heal info');
    expect(system.done).toEqual(['inject payments', 'heal payments', 'heal payments']);
    expect(faults.left).toEqual(['r1.fake-fault']);
    expect(readIntents(system.intentFolder)).toHaveLength(1);
  });

  it('are not healed because heal said so: what verifyHealed finds decides', async () => {
    const system = fakeSystem();
    const fault: Fault = { ...fakeFault(system), heal: async () => ({ helped: [] }) };
    const { faults } = setUp(system, fault);
    await faults.inject(PLANNED);
    await faults.healAll();
    expect(faults.left).toEqual(['r1.fake-fault']);
  });

  it('are not healed while another process is at it, but looked after when it has ended', async () => {
    const system = fakeSystem();
    const { faults } = setUp(system, fakeFault(system));
    await faults.inject(PLANNED);
    const [intent] = readIntents(system.intentFolder);
    if (intent === undefined) throw new Error('no intent');
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const other = whileClaimed(system, intent, 0, () => ended);
    const healing = faults.heal(PLANNED.key);
    expect(await Promise.race([healing, pause(700, 'waits')])).toBe('waits');
    expect(system.done).toEqual(['inject payments']);
    end();
    await Promise.all([other, healing]);
    expect(system.done).toEqual(['inject payments', 'heal payments']);
    expect(faults.left).toEqual([]);
  });

  it('are healed once, whoever asks and however often', async () => {
    const system = fakeSystem();
    const { faults } = setUp(system, fakeFault(system));
    await faults.inject(PLANNED);
    await Promise.all([faults.heal(PLANNED.key), faults.healAll(), faults.healAll()]);
    expect(system.done).toEqual(['inject payments', 'heal payments']);
  });

  it('are healed at once when the run is stopped in the middle of an inject, and again when that has ended', async () => {
    const system = fakeSystem();
    let end = (): void => undefined;
    const inject = () => new Promise<void>((resolve) => (end = resolve));
    const { faults, stop } = setUp(system, fakeFault(system, { inject }));
    const injecting = faults.inject(PLANNED);
    await expect.poll(() => system.done).toEqual(['inject payments']);
    stop.abort();
    await injecting;
    const healing = faults.healAll();
    await expect.poll(() => system.done).toEqual(['inject payments', 'heal payments']);
    expect(readIntents(system.intentFolder)).toHaveLength(1);
    system.on.add('payments');
    end();
    await healing;
    expect(system.on.size).toBe(0);
    expect(faults.left).toEqual([]);
    expect(readIntents(system.intentFolder)).toEqual([]);
  });

  it('tell whom an attempt restarted that failed all the same', async () => {
    const system = fakeSystem();
    const heal = async (attempt: number) => {
      if (attempt === 1) throw new HelpedInVain(['broker-3'], new Error('not yet'));
    };
    const { faults, values } = setUp(system, fakeFault(system, { heal }));
    await faults.inject(PLANNED);
    await faults.heal(PLANNED.key);
    expect(values).toContainEqual({ helped: ['broker-3'] });
  });

  it('are healed when the inject has ended, though they could not be in the middle of it', async () => {
    const system = fakeSystem();
    let end = (): void => undefined;
    const inject = () => new Promise<void>((resolve) => (end = resolve));
    const heal = async (attempt: number) => {
      if (attempt <= 2) throw new Error('in the middle of an inject');
    };
    const { faults, stop, told } = setUp(system, fakeFault(system, { inject, heal }));
    const injecting = faults.inject(PLANNED);
    await expect.poll(() => system.done).toEqual(['inject payments']);
    stop.abort();
    await injecting;
    const healing = faults.healAll();
    await expect.poll(() => system.done.length).toBe(3);
    end();
    await healing;
    expect(told.at(-1)).toBe('heal ok');
    expect(faults.left).toEqual([]);
    expect(system.on.size).toBe(0);
  });

  it.each([['inject ok'], ['heal fake-fault with 1 intents'], ['heal ok']])(
    'are healed though "%s" could not be written down, and then it is thrown for',
    async (line) => {
      const system = fakeSystem();
      const { faults } = setUp(system, fakeFault(system), undefined, new Set([line]));
      await faults.inject(PLANNED).catch(() => undefined);
      await expect(faults.heal(PLANNED.key)).rejects.toThrow('the disk is full');
      expect(system.on.size).toBe(0);
      expect(faults.left).toEqual([]);
      expect(readIntents(system.intentFolder)).toEqual([]);
      await expect(faults.healAll()).rejects.toThrow('the disk is full');
    },
  );

  it('do not strike, and leave no intent, when the strike could not be written down', async () => {
    const system = fakeSystem();
    const { faults } = setUp(system, fakeFault(system), undefined, new Set(['inject fake-fault with 1 intents']));
    await expect(faults.inject(PLANNED)).rejects.toThrow('the disk is full');
    expect([system.done, faults.left, readIntents(system.intentFolder)]).toEqual([[], [], []]);
  });

  it('have done nothing when nobody has the role', async () => {
    const system = fakeSystem();
    const fault = fakeFault(system, { aim: () => Promise.reject(new Error('no leader')) });
    const { faults, told } = setUp(system, fault);
    await faults.inject(PLANNED);
    expect(told).toEqual(['inject fake-fault with 0 intents', 'inject fail']);
    expect(system.done).toEqual([]);
  });

  it('are refused before anything is written or done', async () => {
    const system = fakeSystem();
    const refuse = () => {
      throw new Error('too many');
    };
    const { faults, told } = setUp(system, fakeFault(system), refuse);
    await expect(faults.inject(PLANNED)).rejects.toThrow('too many');
    expect([told, system.done, faults.left]).toEqual([[], [], []]);
  });
});
