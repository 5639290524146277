// The limits at which a broker node raises an alarm and blocks all publishers of the cluster: read, set and seen.

import { dirname, join } from 'node:path';
import type { Instance } from '../instance.ts';
import { BROKER_NAMES, type BrokerName } from '../network/address-plan.ts';
import { existingPlan } from '../plan.ts';
import { holdsWithin } from '../processes/poll.ts';
import { runCommand } from '../processes/run-command.ts';
import { nodeName } from './broker-config.ts';
import { askAnyNode, askNode } from './management.ts';

export type Resource = 'memory' | 'disk';

/** Of one node. */
export interface Limits {
  /** More memory than this in use raises the alarm. */
  readonly memoryBytes: number;
  /** Less free disk than this raises the alarm. */
  readonly diskBytes: number;
}

export interface Alarm {
  readonly node: string;
  readonly resource: Resource;
}

interface NodeRow {
  readonly name: string;
  readonly mem_limit?: number;
  readonly disk_free_limit?: number;
}

const FIRST_FIGURES_MS = 15_000;
const COMMAND_LIMIT_MS = 20_000;
const SET_LIMIT: Readonly<Record<Resource, (bytes: number) => readonly string[]>> = {
  memory: (bytes) => ['set_vm_memory_high_watermark', 'absolute', String(bytes)],
  disk: (bytes) => ['set_disk_free_limit', String(bytes)],
};

/** Up to 10 s old: so often does the broker take its figures. A node that has just started tells none before. Rejects after 15 s without any. */
export async function brokerLimits(instance: Instance, node: string): Promise<Limits> {
  const erlangName = nodeName(existingPlan(instance).addresses, brokerNamed(node));
  let row: NodeRow | null = null;
  const isTold = async () => {
    row = (await askNode(instance, brokerNamed(node), `nodes/${erlangName}`)) as NodeRow | null;
    return row?.mem_limit !== undefined && row.disk_free_limit !== undefined;
  };
  if (!(await holdsWithin(FIRST_FIGURES_MS, isTold))) throw new Error(`${node} tells no limits`);
  const { mem_limit = 0, disk_free_limit = 0 } = row ?? ({} as NodeRow);
  return { memoryBytes: mem_limit, diskBytes: disk_free_limit };
}

/** Until the node restarts: then it has its configured limit again. Rejects when the node does not run. */
export async function setBrokerLimit(
  instance: Instance,
  node: string,
  resource: Resource,
  bytes: number,
): Promise<void> {
  const { addresses, processes } = existingPlan(instance);
  const spec = processes.find(({ name }) => name === node);
  if (spec === undefined) throw new Error(`there is no broker node ${node}`);
  const server = spec.command.at(-1) ?? '';
  const tool = [
    join(dirname(server), 'rabbitmqctl'),
    '--longnames',
    '--quiet',
    '-n',
    nodeName(addresses, brokerNamed(node)),
  ];
  await runCommand([...spec.command.slice(0, -1), ...tool, ...SET_LIMIT[resource](bytes)], {
    environment: spec.environment,
    cwd: spec.cwd,
    signal: AbortSignal.timeout(COMMAND_LIMIT_MS),
  });
}

/** Alarms of the whole cluster, as of now. */
export async function brokerAlarms(instance: Instance): Promise<readonly Alarm[]> {
  const { addresses } = existingPlan(instance);
  const answer = (await askAnyNode(instance, 'health/checks/alarms', [200, 503])) as {
    readonly alarms?: readonly { readonly node: string; readonly resource: string }[];
  };
  const named = (erlangName: string) => BROKER_NAMES.find((name) => nodeName(addresses, name) === erlangName);
  // The broker's own word for the other one is "disk space".
  const resourceOf = (word: string): Resource => (word === 'memory' ? 'memory' : 'disk');
  return (answer.alarms ?? []).map(({ node, resource }) => ({
    node: named(node) ?? node,
    resource: resourceOf(resource),
  }));
}

function brokerNamed(node: string): BrokerName {
  const found = BROKER_NAMES.find((name) => name === node);
  if (found === undefined) throw new Error(`there is no broker node ${node}; there are ${BROKER_NAMES.join(', ')}`);
  return found;
}
