// What some faults need to be in place before the platform is started, at a small cost for everything that it does.

import { typed } from '../lib/machine/typed.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import { FAULT_PROXY } from './fault-proxy/fault-proxy-process.ts';

/** Asks for a fault proxy in every connection of the services and, as root, for a small disk under one broker node. */
export interface GameDayGround {
  /** Path of toxiproxy-server. */
  readonly faultProxy: string;
  /** True: a testbed that stands without it is refused. False: such a one will do. */
  readonly isNeeded: boolean;
}

/** Throws a StampedeError (64) for a testbed that was started without it. */
export function refuseWithoutGround(instance: string, processes: readonly { readonly name: string }[]): void {
  if (processes.some(({ name }) => name === FAULT_PROXY)) return;
  throw new StampedeError(`testbed ${instance} is up without what a game day needs: a fault proxy and a small disk`, {
    exitCode: EXIT.usage,
    hint: `End it first: ${typed('down', instance)}\nThen: ${typed('up --game-day', instance)}`,
  });
}
