// The table of `bench healing`, a line for each moment, and what must be true of all of them.

import { EXIT } from '../../lib/model/exit-code.ts';
import type { Aim } from '../outcome.ts';
import type { Moment } from './moments.ts';

export interface Stopped extends Moment {
  /** An intent stood on disk when the signal was sent. */
  readonly active: boolean;
  /** False: the experiment had ended by itself, and the signal met nobody. */
  readonly hit: boolean;
  /** Exit code or signal; `null` when it had not ended in time. */
  readonly ended: number | NodeJS.Signals | null;
  /** From the signal until nothing was left and all was well; `null` when that was not seen. */
  readonly cleanMs: number | null;
  readonly left: readonly string[];
}

/** Exit codes of the commands after the moments. */
export interface Afterwards {
  readonly smoke: number | null;
  readonly down: number | null;
}

const HEADING = ['moment', 'fault', 'stopped by', 'after', 'a fault was on', 'ended with', 'clean after', 'left'];

export function tableOf(all: readonly Stopped[]): readonly (readonly string[])[] {
  return [HEADING, ...all.map(rowOf)];
}

function rowOf({ number, fault, signal, since, afterMs, active, ended, cleanMs, left }: Stopped): readonly string[] {
  return [
    ...[String(number), fault, signal, `${since} + ${afterMs} ms`, active ? 'yes' : 'no', String(ended ?? '–')],
    ...[cleanMs === null ? '–' : `${(cleanMs / 1000).toFixed(1)} s`, left.join(', ') || 'nothing'],
  ];
}

/** `repeated`: a single moment, of which it is no aim that a fault was on. */
export function aimsOf(all: readonly Stopped[], { smoke, down }: Afterwards, repeated: boolean): readonly Aim[] {
  const least = Math.ceil(all.length / 2);
  const on = all.filter(({ active, hit }) => active && hit).length;
  const killed = all.filter(({ active, hit, signal }) => active && hit && signal === 'SIGKILL').length;
  const asked = all.filter(({ hit, signal }) => hit && signal !== 'SIGKILL');
  return [
    aimOfAll('moments after which nothing was left', all, ({ cleanMs }) => cleanMs !== null),
    ...(repeated
      ? []
      : [
          { what: 'moments with a fault on', aim: `>= ${least}`, measured: `${on}`, met: on >= least },
          {
            what: 'and of these with SIGKILL, so that the watchdog had to heal',
            aim: '>= 1',
            measured: `${killed}`,
            met: killed >= 1,
          },
        ]),
    aimOfAll('SIGINT and SIGTERM: the suite ended as it promises', asked, endedAsPromised),
    { what: 'smoke gate afterwards', aim: 'exit 0', measured: `exit ${smoke}`, met: smoke === EXIT.pass },
    { what: 'stampede down', aim: 'exit 0', measured: `exit ${down}`, met: down === EXIT.pass },
  ];
}

/** Before anything is injected also inconclusive, and by the signal itself before there is a run. */
function endedAsPromised({ active, since, signal, ended }: Stopped): boolean {
  if (ended === EXIT.stopped) return true;
  return !active && since === 'start' && (ended === EXIT.inconclusive || ended === signal);
}

function aimOfAll(what: string, all: readonly Stopped[], holds: (stopped: Stopped) => boolean): Aim {
  const held = all.filter(holds).length;
  return { what, aim: String(all.length), measured: String(held), met: held === all.length };
}
