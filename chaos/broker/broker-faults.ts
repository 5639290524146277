// The faults of a broker cluster by name: whom each strikes, and how. Roles are those of one queue.

import type { Aim, BrokerCluster, Fault, QueueView } from '../../lib/model/fault.ts';
import type { FaultName } from '../../lib/model/message.ts';
import { heal, type Lives, livesOf } from './heal.ts';
import { restartOneByOne, strikeTogether } from './strike-nodes.ts';

type Strike = (cluster: BrokerCluster, nodes: readonly string[], queue: string) => ReturnType<Aim['strike']>;

interface BrokerFault {
  /** Of the nodes, those that it strikes, in this order. */
  readonly aims: (roles: Roles) => readonly string[];
  readonly strike: Strike;
}

interface Roles {
  readonly leader: string;
  readonly followers: readonly string[];
}

const kill: Strike = (cluster, nodes) => strikeTogether(cluster, nodes, 'kill');

const BROKER_FAULTS: Readonly<Record<Exclude<FaultName, 'none'>, BrokerFault>> = {
  'leader-kill': { aims: ({ leader }) => [leader], strike: kill },
  'follower-kill': { aims: ({ followers }) => followers.slice(0, 1), strike: kill },
  'majority-kill': { aims: ({ leader, followers }) => [leader, ...followers.slice(0, 1)], strike: kill },
  'rolling-restart': { aims: ({ leader, followers }) => [...followers, leader], strike: restartOneByOne },
  'cluster-restart': {
    aims: ({ leader, followers }) => [...followers, leader],
    strike: (cluster, nodes) => strikeTogether(cluster, nodes, 'end'),
  },
};

/** The fault of that name against the nodes of `queue`; `undefined` for `none`. */
export function brokerFault(name: FaultName, cluster: BrokerCluster, queue: string): Fault | undefined {
  if (name === 'none') return undefined;
  const { aims, strike } = BROKER_FAULTS[name];
  let lives: Lives = {};
  return {
    name,
    aim: async () => {
      lives = await livesOf(cluster);
      const roles = rolesOf(await cluster.queue(queue), cluster, queue);
      const nodes = aims(roles);
      const intent = { nodes, leader: roles.leader, queue };
      return { intent, strike: () => strike(cluster, nodes, queue) };
    },
    heal: () => heal(cluster, queue, lives),
  };
}

/** Of a queue without replicas, the other nodes stand for followers. */
function rolesOf(view: QueueView | null, { nodes }: BrokerCluster, queue: string): Roles {
  const leader = view?.leader ?? null;
  if (leader === null) throw new Error(`the queue ${queue} has no leader to strike`);
  return { leader, followers: nodes.filter((node) => node !== leader) };
}
