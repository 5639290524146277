// One experiment at a time on a namespace, whatever machine it is started from: a Lease that its holder renews.

import { hostname } from 'node:os';
import { type V1Lease, V1MicroTime } from '@kubernetes/client-node';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Cluster } from './cluster.ts';
import { explain, persist, statusOf } from './persist.ts';

export const LEASE = 'stampede';
/** Of a holder that has died, so long after its last renewal. */
const LASTS_S = 30;
const RENEW_EVERY_MS = 8_000;
const ASK = { limitMs: 10_000 };

/** Runs the work while holding the lease. StampedeError 69 at once when somebody else holds it. */
export async function whileLeased<T>(cluster: Cluster, namespace: string, work: () => Promise<T>): Promise<T> {
  const holder = `${hostname()}/${process.pid}/${Date.now()}`;
  await take(cluster, namespace, holder);
  const renewal = setInterval(() => void renew(cluster, namespace, holder).catch(() => undefined), RENEW_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await release(cluster, namespace, holder).catch(() => undefined);
  }
}

async function take(cluster: Cluster, namespace: string, holder: string): Promise<void> {
  const found = await read(cluster, namespace).catch(untaken);
  if (found === null) return create(cluster, namespace, holder);
  const by = found.spec?.holderIdentity;
  if (by && !isOver(found)) throw heldBy(by, namespace);
  await replace(cluster, namespace, { ...found, spec: specOf(holder) }).catch(untaken);
}

async function create(cluster: Cluster, namespace: string, holder: string): Promise<void> {
  const body = { metadata: { name: LEASE }, spec: specOf(holder) };
  await cluster.coordination.createNamespacedLease({ namespace, body }).catch((cause: unknown) => {
    if (statusOf(cause) === 409) throw heldBy('somebody who was quicker', namespace);
    untaken(cause);
  });
}

function untaken(cause: unknown): never {
  if (cause instanceof StampedeError) throw cause;
  const message = `the lease ${LEASE} could not be taken: ${explain(cause)}`;
  throw new StampedeError(message, { exitCode: EXIT.unavailable, cause });
}

async function renew(cluster: Cluster, namespace: string, holder: string): Promise<void> {
  const found = await read(cluster, namespace);
  if (found?.spec?.holderIdentity !== holder) return;
  await replace(cluster, namespace, { ...found, spec: specOf(holder) });
}

async function release(cluster: Cluster, namespace: string, holder: string): Promise<void> {
  const found = await read(cluster, namespace);
  if (found?.spec?.holderIdentity !== holder) return;
  await cluster.coordination.deleteNamespacedLease({ namespace, name: LEASE });
}

/** What was read says which version it replaces: of two who want it, the server lets one. */
async function replace(cluster: Cluster, namespace: string, body: V1Lease): Promise<void> {
  await cluster.coordination.replaceNamespacedLease({ namespace, name: LEASE, body }).catch((cause: unknown) => {
    if (statusOf(cause) === 409) throw heldBy('somebody who was quicker', namespace);
    throw cause;
  });
}

async function read(cluster: Cluster, namespace: string): Promise<V1Lease | null> {
  const ask = () => cluster.coordination.readNamespacedLease({ namespace, name: LEASE });
  return persist('reading the lease', ask, ASK).catch((cause: unknown) => {
    if (statusOf(cause) === 404) return null;
    throw cause;
  });
}

function specOf(holderIdentity: string) {
  return { holderIdentity, leaseDurationSeconds: LASTS_S, renewTime: new V1MicroTime() };
}

function isOver({ spec }: V1Lease): boolean {
  const renewedMs = spec?.renewTime === undefined ? 0 : new Date(spec.renewTime).getTime();
  return Date.now() > renewedMs + (spec?.leaseDurationSeconds ?? LASTS_S) * 1000;
}

function heldBy(holder: string, namespace: string): StampedeError {
  return new StampedeError(`another experiment is under way in the namespace ${namespace} (${holder})`, {
    exitCode: EXIT.unavailable,
    hint: `Wait for it. The lease of one that has died is free after ${LASTS_S} s.`,
  });
}
