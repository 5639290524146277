import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import type { RunRecord } from '../../lib/model/run.ts';
import { runDirectory } from '../../reports/store/run-directory.ts';
import { HistoryWriter } from '../../runner/history-writer.ts';
import type { Interrupt } from '../../runner/interrupt.ts';
import type { LoadUnderWay } from '../../runner/load-under-way.ts';
import type { RunJournal } from '../../runner/run-journal.ts';
import type { Fault } from '../faults/fault.ts';
import { conduct } from './conduct.ts';
import type { Experiment } from './experiment.ts';
import { readIntents } from './intent-files.ts';
import { type FakeSystem, fakeFault, fakeSystem } from './testing/fake-system.ts';

const folder = temporaryFolder();
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

let runs = 0;

/** Writes nothing. */
class MemoryJournal {
  record: RunRecord;

  constructor(record: RunRecord) {
    this.record = record;
  }

  async update(facts: Partial<RunRecord>): Promise<void> {
    this.record = { ...this.record, ...facts };
  }
}

/** An experiment beside a load of one good second, with a watchdog that only stands there. */
function underWay(system: FakeSystem, fault: Fault, change: Partial<Experiment> = {}) {
  const run = `r${++runs}`;
  const directory = runDirectory(folder, run);
  mkdirSync(directory.root);
  appendFileSync(
    directory.timeline,
    `${JSON.stringify({ v: 1, run, generator: 'g1', timeMs: 1000, windowMs: 1000, metric: 'vus', kind: 'gauge', count: 1, value: 5 })}\n`,
  );
  const experiment = { impossible: [] } as unknown as RunRecord['experiment'];
  const journal = new MemoryJournal({ run, suiteVersion: '0', experiment } as RunRecord);
  const [stopLoad, stopEverything] = [new AbortController(), new AbortController()];
  const interrupt = {
    stopLoad: stopLoad.signal,
    stopEverything: stopEverything.signal,
    guard: () => stopLoad.abort(),
  } as unknown as Interrupt;
  const said: string[] = [];
  const progress = { say: (text: string) => void said.push(text), status: () => undefined, done: () => undefined };
  const times = { nowMs: () => Date.now(), startedMs: Date.now() };
  const load: LoadUnderWay = {
    directory,
    journal: journal as unknown as RunJournal,
    interrupt,
    progress,
    ...times,
    signal: stopLoad.signal,
  };
  const surroundings = {
    system,
    faultNamed: () => fault,
    watchedOver: <T>(_: unknown, work: () => Promise<T>) => work(),
  };
  const ended = conduct({ ...EXPERIMENT, ...change }, surroundings, load);
  const told = () =>
    readFileSync(directory.chaos, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly f?: string; readonly type: string })
      .map(({ f = 'file', type }) => `${f} ${type}`);
  return { ended, stopLoad, stopEverything, journal, said, told, run };
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
