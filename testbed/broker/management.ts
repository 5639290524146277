// Questions to the management API of the cluster, put to one node or to the first that answers.

import { readFile } from 'node:fs/promises';
import type { Instance } from '../instance.ts';
import { BROKER_NAMES, type BrokerName } from '../network/address-plan.ts';
import { existingPlan } from '../plan.ts';
import { secretFile } from '../secrets.ts';
import { fetchWithTimeout } from '../supervisor/readiness.ts';
import { MONITORING_USER } from './broker-config.ts';

/** `path` begins behind `/api/`. `null` for 404; rejects when the node does not answer, or not with one of `statuses` (200). */
export async function askNode(instance: Instance, node: BrokerName, path: string, statuses = [200]): Promise<unknown> {
  const { hosts, ports } = existingPlan(instance).addresses;
  const password = await readFile(secretFile(instance, 'broker-monitoring'), 'utf8');
  const url = `http://${hosts[node]}:${ports.management}/api/${path}`;
  const answer = await fetchWithTimeout(url, { user: MONITORING_USER, password });
  if (answer.status === 404) return null;
  if (!statuses.includes(answer.status)) throw new Error(`${node} answers ${answer.status}`);
  return answer.json();
}

/** The same from the first node that answers; rejects when none does. */
export async function askAnyNode(instance: Instance, path: string, statuses?: number[]): Promise<unknown> {
  for (const node of BROKER_NAMES) {
    const answer = await askNode(instance, node, path, statuses).then(
      (found) => ({ found }),
      () => undefined,
    );
    if (answer !== undefined) return answer.found;
  }
  throw new Error(`no broker node answers to ${path}`);
}
