import { describe, expect, it } from 'vitest';
import { SILENT } from '../../lib/machine/progress.ts';
import type { Interrupt } from '../../runner/interrupt.ts';
import { healWhenUnready } from './sweep-standing.ts';

const supervisor = { pid: 1, alive: true };
const [READY, UNREADY] = [
  { complete: true, ready: true, supervisor },
  { complete: true, ready: false, supervisor },
];
const context = { progress: SILENT, interrupt: { stopLoad: new AbortController().signal } as unknown as Interrupt };

/** Gives its answers one after the other, the last one again and again. */
function standing(...answers: readonly (typeof READY | null)[]) {
  const done: string[] = [];
  const look = async () => {
    done.push('look');
    return answers[Math.min(done.filter((each) => each === 'look').length, answers.length) - 1] ?? null;
  };
  const heal = async () => void done.push('heal');
  return { look, heal, done };
}

describe('a testbed that stands already', () => {
  it.each([
    ['there is none', null],
    ['it is ready', READY],
    ['it is half made', { ...UNREADY, complete: false }],
    ['nobody supervises it', { ...UNREADY, supervisor: { pid: 1, alive: false } }],
  ])('is left alone when %s', async (_, found) => {
    const all = standing(found);
    await healWhenUnready(all, context);
    expect(all.done).toEqual(['look']);
  });

  it('is healed when it is not ready, and waited for until it is', async () => {
    const all = standing(UNREADY, UNREADY, READY);
    await healWhenUnready(all, context);
    expect(all.done).toEqual(['look', 'heal', 'look', 'look']);
  });

  it('is not used when something on it cannot be healed', async () => {
    const heal = () => Promise.reject(new Error('faults could not be healed'));
    await expect(healWhenUnready({ ...standing(UNREADY), heal }, context)).rejects.toThrow('could not be healed');
  });
});
