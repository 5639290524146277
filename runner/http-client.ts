// HTTP from the suite itself to the target: with the target's headers, its TLS, and a limit on every wait.

import { Agent, type Dispatcher, request } from 'undici';
import { httpHeaders } from '../lib/config/http-headers.ts';
import { tlsOptions } from '../lib/config/tls-options.ts';
import type { Headers } from '../lib/flows/login.ts';
import type { HttpAccess } from '../lib/model/target.ts';

const TIMEOUT_MS = 10_000;
const CONNECTIONS = 16;

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  /** Replace those of the target, by name in small letters. */
  readonly headers?: Headers;
  readonly signal?: AbortSignal;
}

export interface HttpClient {
  /** Rejects when there is no answer; any status is one. The body must be read or dumped. */
  send(request: HttpRequest): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

/** StampedeError 64 when a secret or a TLS file of the target cannot be used. */
export function openHttpClient(http: Pick<HttpAccess, 'headers' | 'auth' | 'tls'>): HttpClient {
  const targetHeaders = httpHeaders(http);
  const agent = new Agent({
    connections: CONNECTIONS,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connect: { timeout: TIMEOUT_MS, ...tlsOptions(http.tls) },
  });
  return {
    send: ({ url, headers, ...rest }) =>
      request(url, { ...rest, headers: { ...targetHeaders, ...headers }, dispatcher: agent }),
    // Not `close`: a target that hangs must not keep the suite waiting.
    close: () => agent.destroy(),
  };
}
