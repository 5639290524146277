// From an HTTP answer to an outcome: what certainly happened, what certainly did not, and what nobody knows. In doubt, `info`.

import type { Redactor } from '../config/redact.ts';
import type { Learned as OrderLearned } from '../flows/flow.ts';
import type { Answer } from '../k6/shopper.ts';
import type { Json, OperationError } from '../model/history.ts';
import { unhappyResult } from './unhappy-answer.ts';

/** What decides. */
export type HttpAnswer = Answer;

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
  const expected = answer.status !== 0 && expectedStatus.includes(answer.status);
  const body = expected && answer.errorCode === 0 ? parseBody(answer.body) : undefined;
  const learned = body === undefined ? null : learn(body);
  if (learned === null) return unhappyResult(answer, expected, discreet.redactor);
  return { outcome: 'ok', learned };
}
