// Shopping's one way to orders-api: HTTP, on kept-alive connections, with a deadline. It never sends twice by itself.

import { Pool } from 'undici';
import type { DraftContent, Submission } from '../orders-calls.ts';
import { HttpError } from '../platform/http-error.ts';

const DEADLINE_MS = 5000;
const CONNECTIONS = 32;

export class OrdersClient {
  readonly #pool: Pool;

  constructor(ordersUrl: string) {
    this.#pool = new Pool(ordersUrl, {
      connections: CONNECTIONS,
      connectTimeout: DEADLINE_MS,
      headersTimeout: DEADLINE_MS,
      bodyTimeout: DEADLINE_MS,
    });
  }

  /** Tells orders-api what the order will contain. Repeating it changes nothing. */
  async registerDraft(orderId: string, content: DraftContent): Promise<void> {
    await this.#send('PUT', `/api/orders/${orderId}/draft`, content);
  }

  /** Submits the order. Repeating it changes nothing. */
  async complete(orderId: string, submission: Submission): Promise<void> {
    await this.#send('POST', `/api/orders/${orderId}/complete`, submission);
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** Throws 503 when there is no answer, or one that speaks of trouble over there; 409 when orders-api refuses. */
  async #send(method: 'PUT' | 'POST', path: string, content: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(content);
    const answer = await this.#pool.request({ method, path, headers, body }).catch((error) => {
      throw new HttpError(503, `orders-api can't be reached: ${error}`);
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 500) throw new HttpError(503, `orders-api answered ${answer.statusCode}`);
    if (answer.statusCode >= 400) throw new HttpError(409, `orders-api refused: ${text}`);
  }
}
