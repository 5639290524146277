// Whether the RabbitMQ nodes are one cluster: each of them must see all of them running. Asked over the management API, since
// RabbitMQ's own command-line tools start an Erlang machine per question.

import { readFile } from 'node:fs/promises';
import { type AddressPlan, BROKER_NAMES, type BrokerName } from '../network/address-plan.ts';
import { fetchWithTimeout } from '../supervisor/readiness.ts';
import { MONITORING_USER } from './broker-config.ts';

interface NodeRow {
  readonly name: string;
  readonly running: boolean;
}

/** Why the nodes are not one cluster of three yet; null when they are. */
export async function clusterProblem(addresses: AddressPlan, passwordFile: string): Promise<string | null> {
  const password = await readFile(passwordFile, 'utf8');
  const problems = await Promise.all(BROKER_NAMES.map((node) => nodeProblem(addresses, node, password)));
  const named = problems.map((problem, index) => problem && `${BROKER_NAMES[index]} ${problem}`);
  return named.find((problem) => problem !== null) ?? null;
}

async function nodeProblem(addresses: AddressPlan, node: BrokerName, password: string): Promise<string | null> {
  try {
    const url = `http://${addresses.hosts[node]}:${addresses.ports.management}/api/nodes?columns=name,running`;
    const answer = await fetchWithTimeout(url, { user: MONITORING_USER, password });
    if (!answer.ok) return `answers ${answer.status}`;
    return membershipProblem((await answer.json()) as readonly NodeRow[]);
  } catch {
    return 'does not answer';
  }
}

/** What one node says of its cluster. */
export function membershipProblem(nodes: readonly NodeRow[]): string | null {
  const running = nodes.filter((node) => node.running).length;
  return running === BROKER_NAMES.length ? null : `sees ${running} of ${BROKER_NAMES.length} nodes running`;
}
