// The suite's own login, before its reads of a target whose flow has one.

import { redactedExcerpt, rememberSecret } from '../lib/config/known-secrets.ts';
import type { BaseUrls, Flow } from '../lib/flows/flow.ts';
import { type Headers, type Login, tokensIn } from '../lib/flows/login.ts';
import type { Json } from '../lib/model/history.ts';
import { parseJson } from '../reports/store/read-json.ts';
import type { HttpClient } from './http-client.ts';

/**
 * Gives the headers that the login taught, none where the flow has no login. One call for all that ask at the same time; a login that
 * failed rejects for each of them and is tried again for the next.
 */
export function loginOnce(
  { login }: Flow,
  urls: BaseUrls,
  client: HttpClient,
): (signal: AbortSignal) => Promise<Headers> {
  let taught: Promise<Headers> | undefined;
  return async (signal) => {
    if (login === undefined) return {};
    taught ??= logIn(login, urls, client, signal);
    return taught.catch((cause: unknown) => {
      taught = undefined;
      throw cause;
    });
  };
}

async function logIn(login: Login, urls: BaseUrls, client: HttpClient, signal: AbortSignal): Promise<Headers> {
  const { url, method, body } = login.call(urls);
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await client.send({ url, method, signal, ...sent });
  const text = await response.body.text();
  const answer = parseJson(text) as Json | undefined;
  const expected = answer !== undefined && login.expectedStatus.includes(response.statusCode);
  const headers = expected ? login.learn(answer) : null;
  if (headers === null) {
    throw new Error(`the login was answered ${response.statusCode}: ${redactedExcerpt(text, 200)}`);
  }
  for (const token of tokensIn(headers)) rememberSecret(token);
  return headers;
}
