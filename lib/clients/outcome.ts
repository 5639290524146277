// From an HTTP answer to an outcome: what certainly happened, what certainly did not, and what nobody knows. In doubt, `info`.

import type { Redactor } from '../config/redact.ts';
import type { Learned as OrderLearned } from '../flows/flow.ts';
import type { Json, OperationError } from '../model/history.ts';

/** The parts of k6's response that decide. */
export interface HttpAnswer {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly body: string | null;
  /** k6's error number (grafana.com/docs/k6/latest/javascript-api/error-codes), 0 when none. */
  readonly errorCode: number;
  readonly errorText: string;
}

export type StepResult<Learned = NonNullable<OrderLearned>> =
  | { readonly outcome: 'ok'; readonly learned: Learned }
  | { readonly outcome: 'fail' | 'info'; readonly error: OperationError };

/** What a step expects of its answer. */
export interface Expectation<Learned> {
  readonly expectedStatus: readonly number[];
  /** `null` when the body has not the shape that it must have. */
  readonly learn: (body: Json) => Learned | null;
}

/** Who knows what must not be written. Asked for errors alone, so that a user without errors need not have a redactor. */
interface Discreet {
  readonly redactor: Redactor;
}

/** So much of a body goes into the history, in characters. */
const EXCERPT_LENGTH = 200;

/** k6 error numbers of requests that never left: name resolution, dialling, TLS handshake. */
function neverSent(errorCode: number): boolean {
  const dns = errorCode >= 1100 && errorCode < 1200;
  const dial = errorCode >= 1210 && errorCode <= 1213;
  const tls = errorCode >= 1300 && errorCode < 1400;
  return dns || dial || tls;
}

function withoutAnswer(answer: HttpAnswer, { redactor }: Discreet): StepResult<never> {
  const timeout = answer.errorCode === 1050;
  const code = timeout ? 'timeout' : `network_${answer.errorCode}`;
  return {
    outcome: neverSent(answer.errorCode) ? 'fail' : 'info',
    error: { code, message: redactor.redact(answer.errorText) },
  };
}

/** A 4xx is a refusal, except those that say nothing about what was done (408 Request Timeout, 425 Too Early, 499). */
function refusal(status: number): 'fail' | 'info' {
  const certain = status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 499;
  return certain ? 'fail' : 'info';
}

/** No answer about one order is longer; one of millions of brackets would end k6, whose parser goes as deep as they do. */
const LONGEST_BODY = 256 * 1024;

/** The body as JSON; `undefined` when it is not JSON, or far too long (an empty body is `null`). */
export function parseBody(body: string | null): Json | undefined {
  if (body === null || body === '') return null;
  if (body.length > LONGEST_BODY) return undefined;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}

/** Judges one answer. What an error says of it holds no secret, whatever the target repeats of its request. */
export function outcomeOf<Learned>(
  answer: HttpAnswer,
  { expectedStatus, learn }: Expectation<Learned>,
  discreet: Discreet,
): StepResult<Learned> {
  if (answer.status === 0) return withoutAnswer(answer, discreet);
  if (!expectedStatus.includes(answer.status)) {
    return unhappy(refusal(answer.status), `http_${answer.status}`, answer, discreet);
  }
  const body = answer.errorCode === 0 ? parseBody(answer.body) : undefined;
  const learned = body === undefined ? null : learn(body);
  if (learned === null) return unhappy('info', 'malformed_answer', answer, discreet);
  return { outcome: 'ok', learned };
}

function unhappy(
  outcome: 'fail' | 'info',
  code: string,
  { body }: HttpAnswer,
  { redactor }: Discreet,
): StepResult<never> {
  return { outcome, error: { code, message: redactor.excerpt(body ?? '', EXCERPT_LENGTH) } };
}
