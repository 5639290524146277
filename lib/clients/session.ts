// What one virtual user sends with every call, and what of it must stand in nothing that is written.

import type { LoadPlan } from '../config/load-plan.ts';
import type { LoadSecrets } from '../config/load-secrets.ts';
import { type Redactor, redactorOf } from '../config/redact.ts';
import type { Flow } from '../flows/flow.ts';
import { type Headers, tokensIn } from '../flows/login.ts';
import type { Json, OperationError } from '../model/history.ts';
import { outcomeOf } from './outcome.ts';
import { type RequestParams, requestParams, send } from './request.ts';

/** One per virtual user: what its login taught is its own. */
export class Session {
  #secrets: readonly string[];
  /** Made at the first need, which most users never have. */
  #redactor: Redactor | undefined;
  readonly #timeoutMs: number;
  #headers: Headers;
  /** By step, made once: k6 sends every request with them. */
  #params: Record<string, RequestParams> = {};
  #loggedIn = false;

  /** No request of this user takes longer than `timeoutMs`. */
  constructor({ headers, secrets }: LoadSecrets, timeoutMs: number) {
    this.#secrets = secrets;
    this.#timeoutMs = timeoutMs;
    this.#headers = headers;
  }

  /** How the requests of this step are sent. */
  paramsOf(step: string): RequestParams {
    const known = this.#params[step];
    if (known !== undefined) return known;
    const params = requestParams({ step, timeoutMs: this.#timeoutMs, headers: this.#headers });
    this.#params[step] = params;
    return params;
  }

  get redactor(): Redactor {
    this.#redactor ??= redactorOf(this.#secrets);
    return this.#redactor;
  }

  /** A value of an answer, as it may be written. Where nobody has secrets nothing is searched: k6 asks for every answer. */
  withoutSecrets<Value extends Json>(value: Value): Value {
    return this.#secrets.length === 0 ? value : this.redactor.redactValue(value);
  }

  /** Does the flow's login unless it has succeeded before; gives why it did not, or `null`. */
  logIn({ login }: Flow, { baseUrls }: LoadPlan): OperationError | null {
    if (login === undefined || this.#loggedIn) return null;
    const result = outcomeOf(send(login.call(baseUrls), this.paramsOf('login')), login, this);
    if (result.outcome !== 'ok') return { ...result.error, code: `login_${result.error.code}` };
    this.#take(result.learned);
    return null;
  }

  #take(taught: Headers): void {
    this.#loggedIn = true;
    this.#headers = { ...this.#headers, ...taught };
    this.#params = {};
    this.#secrets = [...this.#secrets, ...tokensIn(taught)];
    this.#redactor = undefined;
  }
}
