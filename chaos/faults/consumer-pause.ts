// Takes the consumers of a queue away, so that a backlog grows: publishers go on, and nobody handles what they publish.

import { poll } from '../broker/poll.ts';
import type { System } from '../targets/system.ts';
import type { Fault } from './fault.ts';
import { awaitGone, bringBack, lifeOf, objectOf, type ProcessIntent, stillWrong } from './process-options.ts';
import { queueSchema } from './roles.ts';

type Options = { readonly queue: string };
type Intent = Options & { readonly consumers: readonly ProcessIntent[] };

const PAUSED_LIMIT_MS = 15_000;
const CONSUMING_LIMIT_MS = 30_000;

export const consumerPause: Fault<Options, Intent> = {
  name: 'consumer-pause',
  about: 'stops the services that consume from a queue, properly, until they are healed; a backlog grows meanwhile',
  options: objectOf({ queue: queueSchema }),
  lasting: () => true,
  impossible: async () => null,
  aim: async (system, { queue }) => {
    const names = await system.broker.consumers(queue);
    if (names === null) throw new Error(`there is no queue ${queue}`);
    if (names.length === 0) throw new Error(`nobody consumes from the queue ${queue}`);
    const consumers = names.map(async (process) => ({ process, life: await lifeOf(system, process) }));
    return { queue, consumers: await Promise.all(consumers) };
  },
  downAtOnce: ({ consumers }) => consumers.map(({ process }) => process),
  inject: async (system, { queue, consumers }) => {
    for (const { process } of consumers) await system.processes.hold(process);
    for (const { process } of consumers) await system.processes.end(process);
    for (const each of consumers) await awaitGone(system, each);
    await poll(async () => {
      const left = await system.broker.consumers(queue);
      return left?.length === 0 ? null : `${left?.join(', ')} still consumes from ${queue}`;
    }, PAUSED_LIMIT_MS);
    return { paused: consumers };
  },
  heal: async (system, intent) => {
    for (const { process } of intent.consumers) await bringBack(system, process);
    await poll(() => stillPaused(system, intent), CONSUMING_LIMIT_MS);
    return { helped: [] };
  },
  verifyHealed: stillPaused,
};

async function stillPaused(system: System, { queue, consumers }: Intent): Promise<string | null> {
  const names = consumers.map(({ process }) => process);
  return (await stillWrong(system, names)) ?? notConsuming(system, queue, names);
}

async function notConsuming({ broker }: System, queue: string, names: readonly string[]): Promise<string | null> {
  const consuming = await broker.consumers(queue);
  const missing = names.find((name) => !consuming?.includes(name));
  return missing === undefined ? null : `${missing} does not consume from ${queue}`;
}
