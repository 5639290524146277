import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import type { Fault } from '../../lib/model/fault.ts';
import { HistoryWriter } from '../history-writer.ts';
import { injectAndHeal } from './chaos-loop.ts';

let folder: string;
let file: string;
let history: HistoryWriter;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'chaos.ndjson');
  history = new HistoryWriter(file, { run: 'run-1', generator: 'chaos', tool: 'test' });
});

/** `inject: invoke`, `heal: ok` and so on, in the order in which they stand on the disk. */
const written = (): string[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { f?: string; type: string })
    .filter(({ f }) => f !== undefined)
    .map(({ f, type }) => `${f}: ${type}`);

const fault = (parts: { strike?: () => Promise<null>; heal?: () => Promise<{ helped: string[] }> } = {}): Fault => ({
  name: 'leader-kill',
  aim: async () => ({ intent: { nodes: ['a'] }, strike: parts.strike ?? (async () => null) }),
  heal: parts.heal ?? (async () => ({ helped: [] })),
});
const fail = (why: string) => async (): Promise<never> => {
  throw new Error(why);
};

describe('a fault', () => {
  it('is written down before it strikes, and is healed', async () => {
    let before: string[] = [];
    const strike = async (): Promise<null> => {
      before = written();
      return null;
    };
    await injectAndHeal(fault({ strike }), history, () => undefined);
    expect(before).toEqual(['inject: invoke']);
    expect(written()).toEqual(['inject: invoke', 'inject: ok', 'heal: invoke', 'heal: ok']);
  });

  it('is healed also when it was not seen to strike', async () => {
    await injectAndHeal(fault({ strike: fail('a still runs') }), history, () => undefined);
    expect(written()).toEqual(['inject: invoke', 'inject: info', 'heal: invoke', 'heal: ok']);
  });

  it('that cannot be healed is evidence, and throws nothing', async () => {
    await injectAndHeal(fault({ heal: fail('the queue has no leader') }), history, () => undefined);
    expect(written().at(-1)).toBe('heal: info');
    expect(readFileSync(file, 'utf8')).toContain('the queue has no leader');
  });

  it('without anybody to strike is not begun', async () => {
    const aimless: Fault = { ...fault(), aim: fail('no leader') };
    await expect(injectAndHeal(aimless, history, () => undefined)).rejects.toThrow('no leader');
    expect(written()).toEqual([]);
  });
});
