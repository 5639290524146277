// What an answer that is not the expected one says about its step: that it certainly did not happen, or that nobody knows. In doubt, `info`.

import type { Redactor } from '../config/redact.ts';
import type { HttpAnswer, StepResult } from './outcome.ts';

/** So much of a body goes into the history, in characters. */
const EXCERPT_LENGTH = 200;

/** For no answer, a status that the step does not expect, or (`expected`) a body that is not what it should be. What the error says holds no secret. */
export function unhappyResult(answer: HttpAnswer, expected: boolean, redactor: Redactor): StepResult<never> {
  if (answer.status === 0) return withoutAnswer(answer, redactor);
  const code = expected ? 'malformed_answer' : `http_${answer.status}`;
  const message = redactor.excerpt(answer.body ?? '', EXCERPT_LENGTH);
  return { outcome: expected ? 'info' : refusal(answer.status), error: { code, message } };
}

function withoutAnswer({ errorCode, errorText }: HttpAnswer, redactor: Redactor): StepResult<never> {
  const code = errorCode === 1050 ? 'timeout' : `network_${errorCode}`;
  return { outcome: neverSent(errorCode) ? 'fail' : 'info', error: { code, message: redactor.redact(errorText) } };
}

/** k6 error numbers of requests that never left: name resolution, dialling, TLS handshake. */
function neverSent(errorCode: number): boolean {
  const dns = errorCode >= 1100 && errorCode < 1200;
  const dial = errorCode >= 1210 && errorCode <= 1213;
  const tls = errorCode >= 1300 && errorCode < 1400;
  return dns || dial || tls;
}

/** A 4xx is a refusal, except those that say nothing about what was done (408 Request Timeout, 425 Too Early, 499). */
function refusal(status: number): 'fail' | 'info' {
  const certain = status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 499;
  return certain ? 'fail' : 'info';
}
