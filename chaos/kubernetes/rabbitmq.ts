// The RabbitMQ cluster of a platform on Kubernetes: its management API tells the roles, and its nodes are called as their pods.

import { Agent, request } from 'undici';
import { basicCredentials } from '../../lib/config/secret.ts';
import { tlsOptions } from '../../lib/config/tls-options.ts';
import type { BrokerCluster, QueueView } from '../../lib/model/broker-cluster.ts';
import type { Target } from '../../lib/model/target.ts';
import { poll } from '../broker/poll.ts';
import type { Pods } from './pods.ts';

type Management = NonNullable<Target['broker']>;

interface QueueRow {
  readonly leader?: string;
  readonly node?: string;
  readonly members?: readonly string[];
  readonly online?: readonly string[];
  readonly messages?: number;
  readonly consumer_details?: readonly { readonly channel_details?: { readonly peer_host?: string } }[];
}

const TIMEOUT_MS = 5_000;
/** Behind one address there are several nodes, of which some may be down: the next connection may come to another. */
const ASK_LIMIT_MS = 10_000;

export class RabbitMq implements Pick<BrokerCluster, 'nodes' | 'queue' | 'problem'> {
  /** Names of pods; as many as there were at first. */
  readonly nodes: readonly string[];
  readonly #management: Management | undefined;
  readonly #pods: Pods;

  private constructor(nodes: readonly string[], management: Management | undefined, pods: Pods) {
    this.nodes = nodes;
    this.#management = management;
    this.#pods = pods;
  }

  /** Nodes are the pods of the part `broker`, and what RabbitMQ itself counts among them, though it does not run at present. */
  static async open(management: Management | undefined, pods: Pods): Promise<RabbitMq> {
    if (!pods.parts.includes('broker')) return new RabbitMq([], management, pods);
    const names = (await pods.of('broker')).map(({ name }) => name);
    const alone = new RabbitMq(names, management, pods);
    const members = await alone.#members().catch(() => []);
    return new RabbitMq([...new Set([...names, ...members])].sort(), management, pods);
  }

  async queue(name: string): Promise<QueueView | null> {
    const row = (await this.#ask(this.#pathOf(name))) as QueueRow | null;
    if (row === null) return null;
    const {
      leader = row.node,
      members = leader === undefined ? [] : [leader],
      online = members,
      messages = null,
    } = row;
    return {
      leader: leader === undefined ? null : podOf(leader),
      members: members.map(podOf),
      online: online.map(podOf),
      messages,
    };
  }

  /** Addresses of those who consume from the queue; `null` when there is no such queue. */
  async consumers(queue: string): Promise<readonly string[] | null> {
    const row = (await this.#ask(this.#pathOf(queue))) as QueueRow | null;
    const addresses = row?.consumer_details?.map(({ channel_details }) => channel_details?.peer_host ?? 'unknown');
    return row === null ? null : [...new Set(addresses)];
  }

  async problem(): Promise<string | null> {
    const unready = await this.#pods.problem('broker', this.nodes.length);
    if (unready !== null) return unready;
    const rows = (await this.#ask('nodes?columns=name,running')) as readonly { readonly running?: boolean }[] | null;
    const running = rows?.filter((row) => row.running === true).length ?? 0;
    return running >= this.nodes.length ? null : `the broker sees ${running} of ${this.nodes.length} nodes running`;
  }

  async #members(): Promise<readonly string[]> {
    const rows = (await this.#askOnce('nodes?columns=name')) as readonly { readonly name: string }[] | null;
    return (rows ?? []).map(({ name }) => podOf(name));
  }

  #pathOf(queue: string): string {
    return `queues/${encodeURIComponent(this.#management?.vhost ?? '/')}/${encodeURIComponent(queue)}`;
  }

  /** `null` for 404. Rejects when nobody has answered in time. */
  async #ask(path: string): Promise<unknown> {
    let answer: unknown;
    await poll(async () => {
      answer = await this.#askOnce(path);
      return null;
    }, ASK_LIMIT_MS);
    return answer;
  }

  async #askOnce(path: string): Promise<unknown> {
    const management = this.#management;
    if (management === undefined) throw new Error('the target file says nothing of "broker", so nobody can be asked');
    const { managementUrl, user, password, tls } = management;
    // One connection a question: an old one would go on to the same node.
    const dispatcher = new Agent({
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      connect: { timeout: TIMEOUT_MS, ...tlsOptions(tls) },
    });
    try {
      const headers = { authorization: basicCredentials(user, password) };
      const { statusCode, body } = await request(`${managementUrl}/api/${path}`, { headers, dispatcher });
      if (statusCode === 200) return await body.json();
      await body.dump();
      if (statusCode === 404) return null;
      throw new Error(`the management API answers ${statusCode}`);
    } finally {
      await dispatcher.destroy();
    }
  }
}

/** `rabbit@orders-mq-0.orders-mq-nodes.shop` → `orders-mq-0`. */
function podOf(node: string): string {
  return node.replace(/^[^@]*@/, '').split('.')[0] ?? node;
}
