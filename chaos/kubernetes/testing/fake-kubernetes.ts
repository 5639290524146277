// A platform on Kubernetes of which only the pods are there, for tests of what faults would make.

import type { QueueView } from '../../../lib/model/broker-cluster.ts';
import type { ChaosDraft } from '../chaos-mesh.ts';
import type { Pod } from '../pods.ts';
import type { KubernetesSystem } from '../system.ts';

export interface FakeKubernetes extends KubernetesSystem {
  /** What the API server was asked to try. */
  readonly tried: ChaosDraft[];
}

const PARTS = ['shopping', 'orders-api', 'orders-saga', 'inventory', 'payments', 'fulfillment', 'database'] as const;
const BROKERS = ['mq-0', 'mq-1', 'mq-2'] as const;

/** Two pods of each part, three of the broker; `mq-1` leads every queue, and payments consume from it. */
export function fakeKubernetes(): FakeKubernetes {
  const tried: ChaosDraft[] = [];
  const podsOf = (part: string): readonly Pod[] =>
    part === 'broker' ? BROKERS.map(podNamed) : [podNamed(`${part}-a`), podNamed(`${part}-b`)];
  const queue: QueueView = { leader: 'mq-1', members: BROKERS, online: BROKERS, messages: 0 };
  return {
    name: 'fake',
    namespace: 'shop',
    tried,
    pods: { parts: [...PARTS, 'broker'], of: async (part: string) => podsOf(part), problem: async () => null },
    broker: {
      nodes: BROKERS,
      queue: async () => queue,
      consumers: async () => ['address of payments-a', 'address of payments-b'],
      problem: async () => null,
    },
    mesh: {
      dryRun: async (draft: ChaosDraft) => void tried.push(draft),
      commandToDelete: (kind: string, name: string) => `delete ${kind} ${name}`,
    },
    kernels: { lack: async (skill: string) => `no ${skill}` },
  } as unknown as FakeKubernetes;
}

function podNamed(name: string): Pod {
  const address = `address of ${name}`;
  return { name, life: `life of ${name}`, node: 'node', address, containers: ['main'], isReady: true, isEnding: false };
}
