// Whether the broker pods are one cluster, asked over the management API of any of them.

import { readFile } from 'node:fs/promises';
import { MONITORING_USER } from '../../broker/broker-config.ts';
import { membershipProblem } from '../../broker/cluster-readiness.ts';
import { fetchWithTimeout } from '../../supervisor/readiness.ts';

/** Why not yet; null when they are. A cluster of three that one node sees is one that all see. */
export async function brokersProblem(managementUrl: string, passwordFile: string): Promise<string | null> {
  try {
    const password = await readFile(passwordFile, 'utf8');
    const url = `${managementUrl}/api/nodes?columns=name,running`;
    const answer = await fetchWithTimeout(url, { user: MONITORING_USER, password });
    if (!answer.ok) return `answers ${answer.status}`;
    return membershipProblem((await answer.json()) as Parameters<typeof membershipProblem>[0]);
  } catch {
    return 'does not answer';
  }
}
