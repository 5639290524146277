// Before any load: is the target there at all, and can it be read as its file says? A platform that is away is not measured, it is said.

import { request } from 'undici';
import { resolveSecret } from '../lib/config/secret.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import type { Target } from '../lib/model/target.ts';
import type { PlatformStore } from './platform-store.ts';

const TIMEOUT_MS = 10_000;

/** StampedeError 64 when a secret is not set, 69 when a base URL or the database does not answer. Any HTTP answer will do. */
export async function preflight(target: Target, store: PlatformStore | undefined): Promise<void> {
  for (const secret of [target.database?.password, target.broker?.password]) {
    if (secret !== undefined) resolveSecret(secret);
  }
  for (const [name, url] of Object.entries(target.http.baseUrls)) {
    await reach(`${name} at ${url}`, () => answer(url));
  }
  const { database } = target;
  if (store === undefined || database === undefined) return;
  await reach(`the database at ${database.host}:${database.port}`, () => store.deadlocks());
}

async function answer(url: string): Promise<void> {
  const limits = { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS, signal: AbortSignal.timeout(TIMEOUT_MS) };
  const { body } = await request(url, limits);
  await body.dump();
}

async function reach(what: string, attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (cause) {
    if (cause instanceof StampedeError) throw cause;
    const { message, code } = cause as Error & { code?: string };
    throw new StampedeError(`${what} cannot be reached: ${message || code}`, {
      exitCode: EXIT.unavailable,
      hint: 'Is it running, and is the address in the target file right? Nothing was loaded.',
      cause,
    });
  }
}
