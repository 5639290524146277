// Before any load: is the target there at all, and can it be read as its file says? A platform that is away is not measured, it is said.

import { setTimeout as pause } from 'node:timers/promises';
import { resolveSecret } from '../lib/config/secret.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import type { Target } from '../lib/model/target.ts';
import { type BrokerReader, NoFiguresYet } from './broker-reader.ts';
import { openHttpClient } from './http-client.ts';
import type { PlatformStore } from './platform-store.ts';
import { type Refusal, refusalOf } from './refusal.ts';

const TIMEOUT_MS = 10_000;
/** RabbitMQ counts every five seconds, and tells of a new queue after one or two counts. */
const FIRST_FIGURES_MS = 20_000;
const LOOK_AGAIN_MS = 500;

/**
 * StampedeError 64 when a secret is not set or a TLS file cannot be used, 69 when a base URL, the database or the broker does not
 * answer, or has a certificate that is not trusted. Any HTTP answer of a base URL will do.
 */
export async function preflight(target: Target, store?: PlatformStore, broker?: BrokerReader): Promise<void> {
  for (const secret of [target.database?.password, target.broker?.password, target.tap?.password]) {
    if (secret !== undefined) resolveSecret(secret);
  }
  await reachHttp(target);
  const { database } = target;
  if (store !== undefined && database !== undefined) {
    await reach(`the database at ${database.host}:${database.port}`, 'database.tls', () => store.deadlocks());
  }
  if (broker !== undefined) {
    await reach(`the broker at ${target.broker?.managementUrl}`, 'broker.tls', () => firstFigures(broker));
  }
}

async function reachHttp({ http }: Target): Promise<void> {
  const client = openHttpClient(http);
  try {
    for (const [name, url] of Object.entries(http.baseUrls)) {
      await reach(`${name} at ${url}`, 'http.tls', async () => {
        const { body } = await client.send({ url, signal: AbortSignal.timeout(TIMEOUT_MS) });
        await body.dump();
      });
    }
  } finally {
    await client.close();
  }
}

async function reach(what: string, tlsField: string, attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (cause) {
    if (cause instanceof StampedeError) throw cause;
    const { reason, hint }: Refusal = refusalOf(cause as Error, tlsField);
    throw new StampedeError(`${what} ${reason}`, { exitCode: EXIT.unavailable, hint, cause });
  }
}

/** A broker tells nothing of queues that were just declared. */
async function firstFigures(broker: BrokerReader): Promise<void> {
  const deadlineMs = performance.now() + FIRST_FIGURES_MS;
  for (;;) {
    const failure = await broker.depths().then(
      () => null,
      (cause: unknown) => ({ cause }),
    );
    if (failure === null) return;
    if (performance.now() > deadlineMs || !(failure.cause instanceof NoFiguresYet)) throw failure.cause;
    await pause(LOOK_AGAIN_MS);
  }
}
