import { describe, expect, it } from 'vitest';
import type { ExitCode } from '../../lib/model/exit-code.ts';
import type { Interruption } from '../../lib/model/run.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { dayExitCode, failureOf, rehearseAll } from './gameday-day.ts';
import type { Rehearsed } from './gameday-table.ts';

const PLANNED = [{ name: 'freeze' }, { name: 'kill' }, { name: 'restart' }];
const going = new AbortController().signal;
const stoppedBy = (by: Interruption['by']): Interruption => ({ by, timeMs: 1, reason: 'enough' });

function ended(experiment: string, exitCode: ExitCode): Rehearsed {
  return { experiment, verdict: { exitCode } as Rehearsed['verdict'], directory: 'runs/1' };
}

/** Each experiment in turn ends with a code, or with an error. */
function endings(...each: readonly (ExitCode | Error)[]) {
  const rest = [...each];
  return async ({ name }: { readonly name: string }): Promise<Rehearsed> => {
    const next = rest.shift();
    if (next === undefined) throw new Error('one experiment too many');
    if (next instanceof Error) throw next;
    return ended(name, next);
  };
}

describe('a game day', () => {
  it('goes through all experiments, and its code is the gravest', async () => {
    const day = await rehearseAll(PLANNED, endings(0, 4, 1), going);
    expect(day.rehearsed).toHaveLength(3);
    expect(dayExitCode(day, PLANNED, null)).toBe(4);
    expect(failureOf(day, 4)).toBeNull();
  });

  it('ends with a fault that may still be active', async () => {
    const day = await rehearseAll(PLANNED, endings(0, 7), going);
    expect(dayExitCode(day, PLANNED, null)).toBe(7);
  });

  it('that is stopped between two experiments is not green', async () => {
    const stop = new AbortController();
    const rehearse = async ({ name }: { readonly name: string }) => {
      stop.abort();
      return ended(name, 0);
    };
    const day = await rehearseAll(PLANNED, rehearse, stop.signal);
    expect(day.rehearsed).toHaveLength(1);
    expect(dayExitCode(day, PLANNED, stoppedBy('SIGTERM'))).toBe(6);
  });

  it('that is stopped after its last experiment keeps its verdict', async () => {
    const day = await rehearseAll(PLANNED, endings(0, 0, 0), going);
    expect(dayExitCode(day, PLANNED, stoppedBy('SIGINT'))).toBe(0);
  });

  it('that is stopped by the gate has the code of that experiment', async () => {
    expect(dayExitCode({ rehearsed: [ended('freeze', 5)], failure: null }, PLANNED, stoppedBy('gate'))).toBe(5);
  });

  it('does not forget what was lost when a later experiment comes to no verdict', async () => {
    const cause = new StampedeError('the platform is gone', { exitCode: 69, hint: 'Start it.' });
    const day = await rehearseAll(PLANNED, endings(2, cause), going);
    expect(day.rehearsed).toHaveLength(1);
    expect(dayExitCode(day, PLANNED, null)).toBe(2);
    expect(failureOf(day, 2)).toMatchObject({ exitCode: 2, message: 'kill: the platform is gone', hint: 'Start it.' });
  });

  it('ends with the code of a failure when nothing else is wrong, and with 70 for a defect', async () => {
    const away = await rehearseAll(PLANNED, endings(0, new StampedeError('away', { exitCode: 69 })), going);
    expect(dayExitCode(away, PLANNED, null)).toBe(69);
    const defect = new TypeError('no such thing');
    const broken = await rehearseAll(PLANNED, endings(0, defect), going);
    expect(dayExitCode(broken, PLANNED, null)).toBe(70);
    expect(failureOf(broken, 70)).toBe(defect);
  });
});
