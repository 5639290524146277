// The embedded cluster as others see it and act on it: its nodes and queues, their consumers, limits and alarms. Its processes are those of ProcessControl.

import type { BrokerAccess } from '../../lib/model/target.ts';
import type { Instance } from '../instance.ts';
import { BROKER_NAMES, type BrokerName } from '../network/address-plan.ts';
import { existingPlan, type Plan } from '../plan.ts';
import { secretFile } from '../secrets.ts';
import { readinessProblem } from '../supervisor/readiness.ts';
import { BROKER_USER, BROKER_VHOST, nodeName } from './broker-config.ts';
import { consumersOf } from './broker-consumers.ts';
import { type Alarm, brokerAlarms, brokerLimits, type Limits, type Resource, setBrokerLimit } from './broker-limits.ts';
import { clusterProblem } from './cluster-readiness.ts';
import { askAnyNode } from './management.ts';

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
  const { addresses } = existingPlan(instance);
  return {
    nodes: BROKER_NAMES.map((name) => ({ name, host: addresses.hosts[name], port: addresses.ports.amqp })),
    vhost: BROKER_VHOST,
    user: BROKER_USER,
    password: `file:${secretFile(instance, 'broker-orders')}`,
  };
}

/** Asks the broker's management anew each time, so any number of processes may hold one of these at the same time. */
export class BrokerControl {
  readonly nodes: readonly string[] = BROKER_NAMES;
  readonly #instance: Instance;
  readonly #plan: Plan;

  constructor(instance: Instance) {
    this.#instance = instance;
    this.#plan = existingPlan(instance);
  }

  /** Of RabbitMQ, as it was when the testbed was started. */
  get version(): string {
    return this.#plan.versions.rabbitmq;
  }

  peerPort(node: string): number {
    return this.#plan.addresses.erlang.distribution[node as BrokerName];
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

  consumers(queue: string): Promise<readonly string[] | null> {
    return consumersOf(this.#instance, queue);
  }

  limits(node: string): Promise<Limits> {
    return brokerLimits(this.#instance, node);
  }

  setLimit(node: string, resource: Resource, bytes: number): Promise<void> {
    return setBrokerLimit(this.#instance, node, resource, bytes);
  }

  alarms(): Promise<readonly Alarm[]> {
    return brokerAlarms(this.#instance);
  }

  /** The connections that their client gave this name, and all channels on them, as the broker's management has them. */
  async connectionsNamed(name: string): Promise<{ readonly connections: number; readonly channels: number }> {
    const all = (await askAnyNode(this.#instance, 'connections')) as readonly ConnectionRow[] | null;
    const named = (all ?? []).filter((row) => row.client_properties?.connection_name === name);
    const addresses = new Set(named.map((row) => row.name));
    const channels = (await askAnyNode(this.#instance, 'channels?columns=connection_details.name')) as
      | readonly ChannelRow[]
      | null;
    const onThem = (channels ?? []).filter((row) => addresses.has(row.connection_details?.name));
    return { connections: named.length, channels: onThem.length };
  }

  async #nodeProblem(node: string): Promise<string | null> {
    const spec = this.#plan.processes.find(({ name }) => name === node);
    return spec === undefined ? 'is no part of this testbed' : readinessProblem(spec);
  }

  async problem(): Promise<string | null> {
    const problems = await Promise.all(this.nodes.map((node) => this.#nodeProblem(node)));
    const found = problems.findIndex((problem) => problem !== null);
    if (found >= 0) return `${this.nodes[found]} ${problems[found]}`;
    return clusterProblem(this.#plan.addresses, this.#passwordFile());
  }

  async #queueRow(name: string, query: string): Promise<QueueRow | null> {
    const path = `queues/${encodeURIComponent(BROKER_VHOST)}/${encodeURIComponent(name)}?${query}`;
    return (await askAnyNode(this.#instance, path)) as QueueRow | null;
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
