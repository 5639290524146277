// From an HTTP answer to an outcome: what certainly happened, what certainly did not, and what nobody knows. In doubt, `info`.

import type { Learned } from '../flows/flow.ts';
import type { Json, OperationError, Outcome } from '../model/history.ts';

/** The parts of k6's response that decide. */
export interface HttpAnswer {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly body: string | null;
  /** k6's error number (grafana.com/docs/k6/latest/javascript-api/error-codes), 0 when none. */
  readonly errorCode: number;
  readonly errorText: string;
}

export type StepResult =
  | { readonly outcome: 'ok'; readonly learned: NonNullable<Learned> }
  | { readonly outcome: 'fail' | 'info'; readonly error: OperationError };

/** k6 error numbers of requests that never left: name resolution, dialling, TLS handshake. */
function neverSent(errorCode: number): boolean {
  const dns = errorCode >= 1100 && errorCode < 1200;
  const dial = errorCode >= 1210 && errorCode <= 1213;
  const tls = errorCode >= 1300 && errorCode < 1400;
  return dns || dial || tls;
}

function withoutAnswer(answer: HttpAnswer): StepResult {
  const timeout = answer.errorCode === 1050;
  const code = timeout ? 'timeout' : `network_${answer.errorCode}`;
  return {
    outcome: neverSent(answer.errorCode) ? 'fail' : 'info',
    error: { code, message: answer.errorText },
  };
}

/** A 4xx is a refusal, except those that say nothing about what was done (408 Request Timeout, 425 Too Early, 499). */
function refusal(status: number): Outcome {
  const certain = status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 499;
  return certain ? 'fail' : 'info';
}

/** The body as JSON; `undefined` when it is not JSON (an empty body is `null`). */
export function parseBody(body: string | null): Json | undefined {
  if (body === null || body === '') return null;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}

/** Judges one answer against the statuses that the step expects and the shape that its body must have. */
export function outcomeOf(
  answer: HttpAnswer,
  expectedStatus: readonly number[],
  learn: (body: Json) => Learned,
): StepResult {
  if (answer.status === 0) return withoutAnswer(answer);
  if (!expectedStatus.includes(answer.status)) {
    const outcome = refusal(answer.status) === 'fail' ? 'fail' : 'info';
    return { outcome, error: { code: `http_${answer.status}`, message: excerpt(answer.body) } };
  }
  const body = answer.errorCode === 0 ? parseBody(answer.body) : undefined;
  const learned = body === undefined ? null : learn(body);
  if (body === undefined || learned === null) {
    return { outcome: 'info', error: { code: 'malformed_answer', message: excerpt(answer.body) } };
  }
  return { outcome: 'ok', learned };
}

function excerpt(body: string | null): string {
  return (body ?? '').slice(0, 200);
}
