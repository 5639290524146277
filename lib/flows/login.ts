// A flow's login: a call by which a client learns the headers of all its later calls, for platforms where a fixed token is not enough.

import type { Json } from '../model/history.ts';
import type { BaseUrls, HttpCall } from './flow.ts';

/** Headers by name in small letters. */
export type Headers = Readonly<Record<string, string>>;

/** A taught value that is shorter is no token but a word, such as a tenant's name. */
const TOKEN_LENGTH = 8;

/** What of the taught headers is a secret: whole values, and tokens without the scheme before them. */
export function tokensIn(taught: Headers): readonly string[] {
  const values = Object.values(taught).flatMap((value) => [value, value.replace(/^\w+\s+/, '')]);
  return values.filter((value) => value.length >= TOKEN_LENGTH);
}

/**
 * Made once per virtual user, before its first order, and once by the suite before its reads; it is sent with the target's own
 * headers, so its credentials are those of the target file (`http.auth`). It is no operation of its own in the history: a step that
 * only the first order of a user takes would leave that step's bounds without enough samples. A login that does not succeed is
 * written down as what it does to the order: its first step `fail`s, with a code that begins with `login_`.
 */
export interface Login {
  readonly expectedStatus: readonly number[];
  call(urls: BaseUrls): HttpCall;
  /** The headers for the following calls; they replace the target's of the same name. `null` when the body is not what it should be. */
  learn(body: Json): Headers | null;
}
