import { describe, expect, it } from 'vitest';
import { aimsOf, type Stopped, tableOf } from './table.ts';

const STOPPED: Stopped = {
  ...{ number: 1, fault: 'payments-freeze', signal: 'SIGINT', since: 'intent', afterMs: 1200 },
  ...{ active: true, hit: true, ended: 6, cleanMs: 2340, left: [] },
};
/** A watchdog that had to heal. */
const KILLED: Partial<Stopped> = { signal: 'SIGKILL', ended: 'SIGKILL' };
const AFTERWARDS = { smoke: 0, down: 0 };

/** What is not met, over these moments. */
const unmet = (changes: readonly Partial<Stopped>[], afterwards = AFTERWARDS, repeated = false) =>
  aimsOf(
    changes.map((change) => ({ ...STOPPED, ...change })),
    afterwards,
    repeated,
  )
    .filter(({ met }) => !met)
    .map(({ what }) => what);

const [LEFT, ON, WATCHDOG, PROMISED] = [
  'moments after which nothing was left',
  'moments with a fault on',
  'and of these with SIGKILL, so that the watchdog had to heal',
  'SIGINT and SIGTERM: the suite ended as it promises',
];

describe('stopping the suite at random moments', () => {
  it('has a line for each moment', () => {
    expect(tableOf([STOPPED])[1]).toEqual([
      ...['1', 'payments-freeze', 'SIGINT', 'intent + 1200 ms', 'yes', '6', '2.3 s', 'nothing'],
    ]);
  });

  it.each<[string, Partial<Stopped>, readonly string[]]>([
    ['all is as it must be', {}, []],
    ['something is left', { cleanMs: null, left: ['payments is frozen'] }, [LEFT]],
    ['the suite did not end', { ended: null }, [PROMISED]],
    ['the suite passed though it was stopped', { ended: 0 }, [PROMISED]],
    ['the suite was ended by the signal with a fault on', { ended: 'SIGINT' }, [PROMISED]],
    ['the suite was killed', { signal: 'SIGKILL', ended: 'SIGKILL' }, []],
    ['nothing was on yet, and there was no run', { active: false, since: 'start', ended: 'SIGINT' }, []],
    ['nothing was on yet, and it was inconclusive', { active: false, since: 'start', ended: 5 }, []],
    ['nothing was on any more, and it was inconclusive', { active: false, ended: 5 }, [PROMISED]],
  ])('says what was missed when %s', (_, change, expected) => {
    expect(unmet([change, KILLED, KILLED])).toEqual(expected);
  });

  it('wants a fault on in half of the moments, and in none that is repeated', () => {
    expect(unmet([KILLED, { active: false }])).toEqual([]);
    expect(unmet([KILLED, { active: false }, { hit: false, ended: 0 }])).toEqual([ON]);
    expect(unmet([{ active: false }], AFTERWARDS, true)).toEqual([]);
  });

  it('wants the watchdog to have healed at least once', () => {
    expect(unmet([{}, {}])).toEqual([WATCHDOG]);
    expect(unmet([{}, { ...KILLED, active: false }])).toEqual([WATCHDOG]);
  });

  it('wants a platform that works and goes down afterwards', () => {
    expect(unmet([KILLED], { smoke: 1, down: 69 })).toEqual(['smoke gate afterwards', 'stampede down']);
  });
});
