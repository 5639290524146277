// The ends of an experiment that nobody planned, a stray exception and a second signal: what may still be active is said.

import { EXIT } from '../../lib/model/exit-code.ts';
import type { Ground } from '../targets/ground.ts';
import type { ActiveFaults } from './active-faults.ts';

export interface UnderWay {
  readonly faults: Pick<ActiveFaults, 'healAll' | 'left'>;
  readonly system: Pick<Ground, 'remedies'>;
  readonly say: (text: string) => void;
}

/**
 * Who listens for stray exceptions decides when the process ends: when all is healed, and nothing more is begun until then (`broken` is
 * aborted). The command line has said what happened and set the exit code; a fault that may be active is graver. Gives the listener.
 */
export function healOnStray(underWay: UnderWay, broken: AbortController): () => void {
  const { faults } = underWay;
  const end = (): void => {
    sayLeft(underWay);
    process.exit(faults.left.length > 0 ? EXIT.notHealed : undefined);
  };
  const stray = (): void => {
    broken.abort();
    void faults.healAll().then(end, end);
  };
  process.on('uncaughtException', stray);
  return stray;
}

/** Resolves at a second signal: nobody waits any more, so it is said what is left. Healing goes on, and the watchdog does it when this process ends. */
export function givenUp(underWay: UnderWay, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = (): void => {
      sayLeft(underWay);
      resolve();
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

function sayLeft({ faults, system, say }: UnderWay): void {
  for (const id of faults.left) say(`may still be active: ${id}`);
  if (faults.left.length > 0) say(`remove it with: ${system.remedies.sweep}`);
}
