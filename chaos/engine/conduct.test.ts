import { appendFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunRecord } from '../../lib/model/run.ts';
import { HistoryWriter } from '../../runner/history-writer.ts';
import type { Fault } from '../faults/fault.ts';
import { conduct } from './conduct.ts';
import type { Experiment } from './experiment.ts';
import { readIntents } from './intent-files.ts';
import { fakeLoad, unwatched } from './testing/fake-load.ts';
import { type FakeSystem, fakeFault, fakeSystem } from './testing/fake-system.ts';

afterEach(() => vi.restoreAllMocks());

const step = (whom: string, forS?: number) => ({
  fault: 'fake-fault',
  options: { whom },
  ...(forS === undefined ? {} : { forS }),
});
const EXPERIMENT: Experiment = {
  name: 'mine',
  about: 'an experiment of tests',
  loadS: 20,
  steady: { conditions: [{ figure: 'users', atLeast: 1 }], forS: 1, withinS: 20 },
  guards: [],
  method: [step('payments')],
};

/** An experiment beside a load of one good second, with a watchdog that only stands there. */
function underWay(system: FakeSystem, fault: Fault, change: Partial<Experiment> = {}) {
  const { load, lines, ...others } = fakeLoad({ experiment: { impossible: [] } } as unknown as Partial<RunRecord>);
  appendFileSync(
    load.directory.timeline,
    `${JSON.stringify({ v: 1, run: others.run, generator: 'g1', timeMs: 1000, windowMs: 1000, metric: 'vus', kind: 'gauge', count: 1, value: 5 })}\n`,
  );
  const surroundings = { system, faultNamed: () => fault, watchedOver: unwatched };
  const ended = conduct({ ...EXPERIMENT, ...change }, surroundings, load);
  const told = () => lines().map(({ f = 'file', type }) => `${f} ${type}`);
  return { ended, told, ...others };
}

const listening = () => process.listenerCount('uncaughtException');

describe('an experiment', () => {
  it('has healed when it ends, and leaves nothing behind in the process', async () => {
    const [system, before] = [fakeSystem(), listening()];
    const { ended, stopLoad, journal, told } = underWay(system, fakeFault(system));
    await expect.poll(() => system.done).toEqual(['inject payments', 'heal payments']);
    stopLoad.abort();
    await ended;
    expect(journal.record.experiment).toMatchObject({ gate: { steady: true }, left: [] });
    expect(told()).toEqual(['file begin', 'inject invoke', 'inject ok', 'heal invoke', 'heal ok', 'file end']);
    expect(listening()).toBe(before);
  });

  it('does not wait for a heal at the second signal, says what may be active, and heals all the same', async () => {
    const system = fakeSystem();
    let letGo = (): void => undefined;
    const heal = () => new Promise<void>((resolve) => (letGo = resolve));
    const { ended, stopLoad, stopEverything, journal, said, told, run } = underWay(system, fakeFault(system, { heal }));
    await expect.poll(() => system.done).toEqual(['inject payments', 'heal payments']);
    stopLoad.abort();
    stopEverything.abort();
    await ended;
    expect(journal.record.experiment?.left).toEqual([`${run}.fake-fault`]);
    expect(said).toContain(`may still be active: ${run}.fake-fault`);
    expect(readIntents(system.intentFolder)).toHaveLength(1);
    letGo();
    await expect.poll(() => readIntents(system.intentFolder)).toEqual([]);
    expect(told().at(-1)).toBe('file end');
  });

  it('ends and heals the other steps of a group when one of them breaks it, and then rejects', async () => {
    const system = fakeSystem();
    const method = [{ parallel: [step('broker-1', 600), step('broker-2', 600)] }];
    const { ended, journal } = underWay(system, fakeFault(system, { lasting: true }), { method });
    await expect(ended).rejects.toThrow('majority');
    expect(system.done).toEqual(['inject broker-1', 'heal broker-1']);
    expect(journal.record.experiment?.left).toEqual([]);
  });

  it('breaks nothing more when a fault could not be healed, and does not wait for a platform that cannot be well', async () => {
    const system = fakeSystem();
    const heal = () => Promise.reject(new Error('it cannot'));
    const method = [step('broker-1'), step('broker-2')];
    const { ended, journal, said, run } = underWay(system, fakeFault(system, { heal }), { method });
    await ended;
    expect(system.done.filter((each) => each.startsWith('inject'))).toEqual(['inject broker-1']);
    expect(journal.record.experiment).toMatchObject({ left: [`${run}.fake-fault`] });
    expect(journal.record.experiment?.judge).toBeUndefined();
    expect(said).toContain(`nothing more is done: ${run}.fake-fault may still be active`);
  });

  it('has healed, and leaves nothing behind in the process, though its history could not be written', async () => {
    const [system, before] = [fakeSystem(), listening()];
    const begin = HistoryWriter.prototype.begin;
    vi.spyOn(HistoryWriter.prototype, 'begin').mockImplementation(function (this: HistoryWriter, start) {
      if (start.f === 'heal') throw new Error('the disk is full');
      return begin.call(this, start);
    });
    const { ended, journal } = underWay(system, fakeFault(system));
    await expect(ended).rejects.toThrow('the disk is full');
    expect(system.on.size).toBe(0);
    expect(journal.record.experiment?.left).toEqual([]);
    expect(listening()).toBe(before);
  });
});
