// Uses up the connections of the database, as a leak in some other program would.

import { randomUUID } from 'node:crypto';
import { poll } from '../broker/poll.ts';
import type { System } from '../targets/system.ts';
import type { Fault } from './fault.ts';
import { objectOf, stillWrong } from './process-options.ts';

type Options = {
  /** True: the services' connections are ended too, so that they must ask for new ones. False: they keep what they have. */
  readonly evict: boolean;
};
type Intent = Options & { readonly id: string };

/** How often services are ended that got a connection back before it was taken. */
const EVICTIONS = 5;
const FREE_LIMIT_MS = 30_000;

export const databaseConnections: Fault<Options, Intent> = {
  name: 'database-connections',
  about: 'takes every connection that the database has left for the services',
  options: objectOf({ evict: { type: 'boolean' } }),
  lasting: () => true,
  impossible: async () => null,
  aim: async ({ database }, { evict }) => {
    if (!(await database.gives())) throw new Error('the database has no connections left even now');
    return { id: randomUUID().slice(0, 8), evict };
  },
  downAtOnce: () => ['database'],
  inject: async ({ database }, { id, evict }) => {
    await database.takeConnections(id);
    for (let round = 0; evict && round < EVICTIONS; round++) {
      await database.endServiceConnections();
      await database.takeConnections(id);
    }
    if (await database.gives()) throw new Error('the database still gives connections');
    return { taken: await database.takenBy(id) };
  },
  heal: async (system, intent) => {
    await poll(async () => {
      await system.database.giveBack(intent.id);
      return stillTaken(system, intent);
    }, FREE_LIMIT_MS);
    await poll(() => stillWrong(system, system.processes.names), FREE_LIMIT_MS);
    return { helped: [] };
  },
  verifyHealed: async (system, intent) =>
    (await stillTaken(system, intent)) ?? stillWrong(system, system.processes.names),
};

async function stillTaken({ database }: System, { id }: Intent): Promise<string | null> {
  const taken = await database.takenBy(id);
  if (taken > 0) return `${taken} connections of the database are still taken`;
  return (await database.gives()) ? null : 'the database gives no connection';
}
