// The embedded cluster as others act on it: strike a node, have it started, look at the cluster and its queues.

import { readFile } from 'node:fs/promises';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { BrokerAccess } from '../../lib/model/target.ts';
import type { Instance } from '../instance.ts';
import { BROKER_NAMES, type BrokerName } from '../network/address-plan.ts';
import { type Plan, readPlan } from '../plan.ts';
import { isAlive, type ProcessIdentity } from '../processes/process-identity.ts';
import { send } from '../processes/terminate.ts';
import { secretFile } from '../secrets.ts';
import { controlProcess, supervisorState } from '../supervisor/control-client.ts';
import { fetchWithTimeout, readinessProblem } from '../supervisor/readiness.ts';
import { BROKER_USER, BROKER_VHOST, MONITORING_USER, nodeName } from './broker-config.ts';
import { clusterProblem } from './cluster-readiness.ts';

interface QueueRow {
  readonly node?: string;
  readonly leader?: string;
  readonly members?: readonly string[];
  readonly online?: readonly string[];
  readonly messages?: number;
}

interface ConnectionRow {
  /** Both ends of its socket. */
  readonly name?: string;
  readonly client_properties?: { readonly connection_name?: string };
}

interface ChannelRow {
  readonly connection_details?: { readonly name?: string };
}

/** A StampedeError (69) when there is no such testbed. */
export function brokerAccess(instance: Instance): BrokerAccess {
  const { addresses } = planOf(instance);
  return {
    nodes: BROKER_NAMES.map((name) => ({ name, host: addresses.hosts[name], port: addresses.ports.amqp })),
    vhost: BROKER_VHOST,
    user: BROKER_USER,
    password: `file:${secretFile(instance, 'broker-orders')}`,
  };
}

/** Strikes through signals to the process itself: the supervisor takes that for a death and starts the node again, whatever becomes of the suite. */
export class BrokerControl {
  readonly nodes: readonly string[] = BROKER_NAMES;
  readonly #instance: Instance;
  readonly #plan: Plan;

  constructor(instance: Instance) {
    this.#instance = instance;
    this.#plan = planOf(instance);
  }

  /** Of RabbitMQ, as it was when the testbed was started. */
  get version(): string {
    return this.#plan.versions.rabbitmq;
  }

  async identity(node: string): Promise<string | null> {
    const found = await this.#process(node);
    return found === null ? null : `${found.pid}/${found.startTicks}`;
  }

  /** Rejects when the node does not run. */
  async strike(node: string, how: 'kill' | 'end'): Promise<void> {
    const found = await this.#process(node);
    if (found === null) throw new Error(`${node} does not run`);
    send(found.pid, how === 'kill' ? 'SIGKILL' : 'SIGTERM');
  }

  /** Also begins its back-off anew, so that faults in a row are not taken for a crash loop. */
  async start(node: string): Promise<void> {
    await controlProcess(this.#instance, node, 'start');
  }

  async queue(name: string) {
    // Without statistics the answer is of now; with them it may hold what a queue of the same name was a minute ago.
    const roles = await this.#queueRow(name, 'disable_stats=true');
    const figures = await this.#queueRow(name, 'columns=messages');
    if (roles === null || figures === null) return null;
    const { leader = roles.node, members = alone(leader), online = members } = roles;
    return {
      leader: this.#nodeNamed(leader),
      members: this.#named(members),
      online: this.#named(online),
      messages: figures.messages ?? null,
    };
  }

  /** The connections that their client gave this name, and all channels on them, as the broker's management has them. */
  async connectionsNamed(name: string): Promise<{ readonly connections: number; readonly channels: number }> {
    const all = (await this.#ask('/api/connections')) as readonly ConnectionRow[] | null;
    const named = (all ?? []).filter((row) => row.client_properties?.connection_name === name);
    const addresses = new Set(named.map((row) => row.name));
    const channels = (await this.#ask('/api/channels?columns=connection_details.name')) as readonly ChannelRow[] | null;
    const onThem = (channels ?? []).filter((row) => addresses.has(row.connection_details?.name));
    return { connections: named.length, channels: onThem.length };
  }

  async nodeProblem(node: string): Promise<string | null> {
    const spec = this.#plan.processes.find(({ name }) => name === node);
    return spec === undefined ? 'is no part of this testbed' : readinessProblem(spec);
  }

  async problem(): Promise<string | null> {
    const problems = await Promise.all(this.nodes.map((node) => this.nodeProblem(node)));
    const found = problems.findIndex((problem) => problem !== null);
    if (found >= 0) return `${this.nodes[found]} ${problems[found]}`;
    return clusterProblem(this.#plan.addresses, this.#passwordFile());
  }

  async #process(node: string): Promise<ProcessIdentity | null> {
    const { processes } = await supervisorState(this.#instance);
    const identity = processes.find(({ name }) => name === node)?.identity ?? null;
    return identity !== null && isAlive(identity) ? identity : null;
  }

  #queueRow(name: string, query: string): Promise<QueueRow | null> {
    const path = `/api/queues/${encodeURIComponent(BROKER_VHOST)}/${encodeURIComponent(name)}`;
    return this.#ask(`${path}?${query}`) as Promise<QueueRow | null>;
  }

  /** From the first node of which the management API answers; null when there is no such thing. */
  async #ask(path: string): Promise<unknown> {
    const password = await readFile(this.#passwordFile(), 'utf8');
    const { hosts, ports } = this.#plan.addresses;
    for (const node of BROKER_NAMES) {
      const url = `http://${hosts[node]}:${ports.management}${path}`;
      const answer = await fetchWithTimeout(url, { user: MONITORING_USER, password }).catch(() => null);
      if (answer?.status === 404) return null;
      const found = answer?.ok ? await answer.json().catch(() => null) : null;
      if (found !== null) return found;
    }
    throw new Error(`no node answers ${path}`);
  }

  #nodeNamed(erlangName: string | undefined): BrokerName | null {
    return BROKER_NAMES.find((node) => nodeName(this.#plan.addresses, node) === erlangName) ?? null;
  }

  #named(erlangNames: readonly string[]): readonly BrokerName[] {
    return erlangNames.map((name) => this.#nodeNamed(name)).filter((name) => name !== null);
  }

  #passwordFile(): string {
    return secretFile(this.#instance, 'broker-monitoring');
  }
}

/** A queue without replicas stands on one node, which is its only member. */
function alone(node: string | undefined): readonly string[] {
  return node === undefined ? [] : [node];
}

function planOf(instance: Instance): Plan {
  const plan = readPlan(instance);
  if (plan !== null) return plan;
  throw new StampedeError(`there is no testbed ${instance.name}`, {
    exitCode: EXIT.unavailable,
    hint: `stampede up --instance ${instance.name}`,
  });
}
