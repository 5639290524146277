// Heals a cluster: its supervisor starts what died; what lives on and serves nobody is restarted by us, which is said.

import type { Healing } from '../../lib/model/fault.ts';
import { HelpedInVain } from '../faults/helped-in-vain.ts';
import type { System } from '../targets/system.ts';
import { poll } from './poll.ts';
import { awaitWell, wellProblem } from './well.ts';

/** The life of each node's process when the fault took aim. A type, so that it is JSON. */
export type Lives = { readonly [node: string]: string | null };

/** Much longer than a node takes to start again, and than its peers take to take it back. */
const BY_ITSELF_LIMIT_MS = 45_000;

export async function livesOf({ broker, processes }: System): Promise<Lives> {
  const lives = await Promise.all(broker.nodes.map(async (node) => [node, await processes.identity(node)] as const));
  return Object.fromEntries(lives);
}

/**
 * A node that has paused itself among a minority resumes when it sees the others again. When they are still starting then, RabbitMQ 3.10 can
 * give up (`incompatible_feature_flags`): its process lives on without a broker in it, and the others wait for its tables. No supervisor sees that.
 */
export async function heal(system: System, queue: string, before: Lives): Promise<Healing> {
  const { broker, processes } = system;
  for (const node of broker.nodes) await processes.start(node);
  const isWell = await poll(() => wellProblem(broker, queue), BY_ITSELF_LIMIT_MS).then(
    () => true,
    () => false,
  );
  if (isWell) return { helped: [] };
  const helped = await stranded(system, queue, before);
  for (const node of helped) await processes.signal(node, 'SIGKILL');
  await awaitWell(broker, queue).catch((cause: Error) => Promise.reject(new HelpedInVain(helped, cause)));
  return { helped };
}

/** Lives on as before the fault, and serves nobody; or serves, and its member of the queue is dead, as after a full disk. */
async function stranded({ broker, processes }: System, queue: string, before: Lives): Promise<readonly string[]> {
  // The others may wait for the stranded one before they answer anything.
  const { members = [], online = [] } = (await broker.queue(queue).catch(() => null)) ?? {};
  const isMissed = (node: string): boolean => members.includes(node) && !online.includes(node);
  const found: string[] = [];
  for (const node of broker.nodes) {
    const life = await processes.identity(node);
    if (life === null || life !== before[node]) continue;
    if (isMissed(node) || (await processes.problem(node)) !== null) found.push(node);
  }
  return found;
}
