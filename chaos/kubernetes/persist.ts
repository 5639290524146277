// Asks an API server again while what is wrong may pass: it is away, overloaded or in conflict with somebody else. Within a limit, always.

import { setTimeout as pause } from 'node:timers/promises';
import { ApiException } from '@kubernetes/client-node';

/** Conflict, a list that has expired, too many requests, and failures of the server itself. */
const PASSING = new Set([408, 409, 410, 429, 500, 502, 503, 504]);
/** An API server that has just started forbids everything until it has read the rights. */
const PASSING_AFTER_ABSENCE = new Set([401, 403]);
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;

export interface Persistence {
  /** From the first attempt on. */
  readonly limitMs: number;
  /** Ends the waiting, not the attempt. */
  readonly signal?: AbortSignal | undefined;
}

/** Rejects with what cannot pass at once, and with the last failure when the limit is over; the message says what was asked. */
export async function persist<T>(what: string, ask: () => Promise<T>, { limitMs, signal }: Persistence): Promise<T> {
  const endMs = performance.now() + limitMs;
  let wasAway = false;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await ask();
    } catch (cause) {
      const waitMs = retryAfterMs(cause) ?? pauseMs;
      const isOver = performance.now() + waitMs > endMs || signal?.aborted === true;
      const status = statusOf(cause);
      wasAway ||= status === null;
      const mayPassNow = mayPass(cause) || (wasAway && status !== null && PASSING_AFTER_ABSENCE.has(status));
      if (!mayPassNow || isOver) throw new Error(`${what}: ${explain(cause)}`, { cause });
      await pause(waitMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    }
  }
}

/** Status of the API server's answer; `null` when there was none. */
export function statusOf(cause: unknown): number | null {
  if (cause instanceof ApiException) return cause.code;
  return cause instanceof Error && cause.cause !== undefined ? statusOf(cause.cause) : null;
}

/** The API server's own word for what is wrong, such as `AlreadyExists`; `null` where it has none. */
export function reasonOf(cause: unknown): string | null {
  if (cause instanceof ApiException) return bodyOf(cause).reason ?? null;
  return cause instanceof Error && cause.cause !== undefined ? reasonOf(cause.cause) : null;
}

/** In one line, for people. */
export function explain(cause: unknown): string {
  if (cause instanceof ApiException) return `${cause.code} ${bodyOf(cause).message ?? ''}`.trim();
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return 'the API server does not answer';
  return cause.cause instanceof Error ? `${cause.message} (${cause.cause.message})` : cause.message;
}

/** No answer at all may pass; what is there already does not go away by asking again. */
function mayPass(cause: unknown): boolean {
  const status = statusOf(cause);
  if (status !== null) return PASSING.has(status) && reasonOf(cause) !== 'AlreadyExists';
  const isBroken = cause instanceof TypeError && cause.cause !== undefined;
  return isBroken || (cause as Error).name === 'TimeoutError';
}

function retryAfterMs(cause: unknown): number | null {
  const seconds = cause instanceof ApiException ? Number(cause.headers['retry-after']) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
}

/** The body comes parsed or not. */
function bodyOf({ body }: ApiException<unknown>): { readonly reason?: string; readonly message?: string } {
  if (typeof body !== 'string') return (body ?? {}) as object;
  try {
    return JSON.parse(body) as object;
  } catch {
    return { message: body.slice(0, 200) };
  }
}
