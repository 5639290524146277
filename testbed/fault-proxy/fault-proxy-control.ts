// The fault proxy of a testbed as faults act on it: what is done to which link, and what is seen of it.

import { typed } from '../../lib/machine/typed.ts';
import type { Instance } from '../instance.ts';
import { existingPlan, type Plan } from '../plan.ts';
import { FAULT_PROXY, faultProxyUrl } from './fault-proxy-process.ts';
import { type Hello, sayHello } from './hello.ts';
import { LINKS, type Link } from './links.ts';

/** What Toxiproxy can do to a link, with its own words for the attributes. */
export interface Toxic {
  readonly type: 'latency' | 'bandwidth' | 'reset_peer' | 'timeout';
  /** `upstream`: what the service sends. `downstream`: what it is answered. */
  readonly stream: 'upstream' | 'downstream';
  readonly attributes: Readonly<Record<string, number>>;
}

const ANSWER_LIMIT_MS = 3000;

export class FaultProxyControl {
  readonly #plan: Plan;

  /** Throws a StampedeError (69) when there is no such testbed. */
  constructor(instance: Instance) {
    this.#plan = existingPlan(instance);
  }

  get links(): readonly { readonly name: string; readonly from: string; readonly to: string }[] {
    return LINKS;
  }

  /** Why nothing can be done to links here; `null` when it can. */
  async impossible(): Promise<string | null> {
    const has = this.#plan.processes.some(({ name }) => name === FAULT_PROXY);
    if (has) return null;
    const { instance } = this.#plan;
    return `this testbed was started without its fault proxy: ${typed('down', instance)}, then ${typed('up --game-day', instance)}`;
  }

  /** Under an id of the caller's; one that is there already under this id is replaced. */
  async addToxic(id: string, link: string, toxic: Toxic): Promise<void> {
    const name = `${id}-${toxic.stream}`;
    await this.#ask('DELETE', `/proxies/${link}/toxics/${name}`, undefined, [204, 404]);
    await this.#ask('POST', `/proxies/${link}/toxics`, { ...toxic, name, toxicity: 1 });
  }

  /** Removes everything of this id from all links; what is not there is no failure. */
  async removeToxics(id: string): Promise<void> {
    for (const { link, name } of await this.#toxics()) {
      if (name.startsWith(`${id}-`))
        await this.#ask('DELETE', `/proxies/${link}/toxics/${name}`, undefined, [204, 404]);
    }
  }

  /** Names of the links to which something is done under this id; of all ids when there is none. */
  async afflicted(id?: string): Promise<readonly string[]> {
    const found = (await this.#toxics()).filter(({ name }) => id === undefined || name.startsWith(`${id}-`));
    return [...new Set(found.map(({ link }) => link))];
  }

  /** Says hello to the far end of the link, through the proxy. */
  hello(link: string, limitMs: number): Promise<Hello> {
    const { to, port } = linkNamed(link);
    return sayHello({ host: this.#plan.addresses.hosts[FAULT_PROXY], port }, to, limitMs);
  }

  async #toxics(): Promise<readonly { readonly link: string; readonly name: string }[]> {
    const answer = await this.#ask('GET', '/proxies');
    const proxies = (await answer.json()) as Record<string, { readonly toxics: readonly { readonly name: string }[] }>;
    return Object.entries(proxies).flatMap(([link, { toxics }]) => toxics.map(({ name }) => ({ link, name })));
  }

  async #ask(method: string, path: string, body?: object, statuses = [200]): Promise<Response> {
    const answer = await fetch(`${faultProxyUrl(this.#plan.addresses)}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    if (statuses.includes(answer.status)) return answer;
    throw new Error(`the fault proxy answers ${answer.status} to ${method} ${path}: ${await answer.text()}`);
  }
}

function linkNamed(name: string): Link {
  const found = LINKS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no link ${name}`);
  return found;
}
