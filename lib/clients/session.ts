// What one virtual user sends with every call, and what of it must stand in nothing that is written.

import type { LoadPlan } from '../config/load-plan.ts';
import type { LoadSecrets } from '../config/load-secrets.ts';
import { type Redactor, redactorOf } from '../config/redact.ts';
import type { Flow } from '../flows/flow.ts';
import { type Headers, tokensIn } from '../flows/login.ts';
import type { OperationError } from '../model/history.ts';
import { outcomeOf } from './outcome.ts';
import { send } from './request.ts';

/** One per virtual user: what its login taught is its own. */
export class Session {
  readonly #secrets: readonly string[];
  #headers: Headers;
  #redactor: Redactor;
  #loggedIn = false;

  constructor({ headers, secrets }: LoadSecrets) {
    this.#secrets = secrets;
    this.#headers = headers;
    this.#redactor = redactorOf(secrets);
  }

  get headers(): Headers {
    return this.#headers;
  }

  get redactor(): Redactor {
    return this.#redactor;
  }

  /** Does the flow's login unless it has succeeded before; gives why it did not, or `null`. */
  logIn({ login }: Flow, { baseUrls, profile }: LoadPlan): OperationError | null {
    if (login === undefined || this.#loggedIn) return null;
    const options = { step: 'login', timeoutMs: profile.httpTimeoutMs, headers: this.#headers };
    const result = outcomeOf(send(login.call(baseUrls), options), login, this.#redactor);
    if (result.outcome !== 'ok') return { ...result.error, code: `login_${result.error.code}` };
    this.#take(result.learned);
    return null;
  }

  #take(taught: Headers): void {
    this.#loggedIn = true;
    this.#headers = { ...this.#headers, ...taught };
    this.#redactor = redactorOf([...this.#secrets, ...tokensIn(taught)]);
  }
}
