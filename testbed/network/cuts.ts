// Cuts hosts of a testbed apart by the packet filter: rules in the namespaces of the one side drop everything from and to the other.

import type { Instance } from '../instance.ts';
import { existingPlan } from '../plan.ts';
import { onHost } from '../processes/launch.ts';
import { runCommand } from '../processes/run-command.ts';
import { HOST_NAMES, type HostName } from './address-plan.ts';
import { namespacesOf } from './namespaces.ts';

/** Which hosts are cut off from which. A type, so that it can be written down as JSON. */
export type Cut = {
  /** Lower-case letters, digits and underscores; tells the rules of one cut from those of all others. */
  readonly id: string;
  readonly side: readonly string[];
  readonly from: readonly string[];
};

/** Before the names of all tables that are made here. */
const TABLE_PREFIX = 'stampede_cut_';
const CONNECT_LIMIT_S = 1;

export class NetworkControl {
  readonly #instance: Instance;
  readonly #hosts: Readonly<Record<HostName, string>>;
  readonly #mode;
  readonly #because: string | undefined;

  /** Throws a StampedeError (69) when there is no such testbed. */
  constructor(instance: Instance) {
    const { addresses, mode, because } = existingPlan(instance);
    this.#instance = instance;
    this.#hosts = addresses.hosts;
    this.#mode = mode;
    this.#because = because;
  }

  /** Why no pair can be cut apart here; `null` when they can. Tries the packet filter in a namespace of its own. */
  async impossible(): Promise<string | null> {
    if (this.#mode !== 'namespaces')
      return `all parts share one network: ${this.#because ?? 'there are no namespaces'}`;
    const attempt = [
      'unshare',
      '--net',
      'nft',
      `add table inet ${TABLE_PREFIX}attempt { chain in { type filter hook input priority 0; ip saddr 198.18.0.1 drop; }; }`,
    ];
    return runCommand(attempt).then(
      () => null,
      (cause: Error) => `the packet filter cannot be used (package nftables): ${cause.message}`,
    );
  }

  /** All or nothing in each namespace. May be called again for the same cut. */
  async cut(cut: Cut): Promise<void> {
    for (const host of this.#known(cut.side)) {
      await this.#nft(
        host,
        cutRules(
          cut,
          cut.from.map((name) => this.#hosts[this.#hostNamed(name)]),
        ),
      );
    }
  }

  /** Removes what `cut` made, wherever it stands; what is not there is no failure. */
  async join({ id }: Pick<Cut, 'id'>): Promise<void> {
    const table = TABLE_PREFIX + id;
    // Adding first makes the removal of a table that is not there no error.
    for (const host of HOST_NAMES) await this.#nft(host, `add table inet ${table}\ndelete table inet ${table}\n`);
  }

  /** Ids of the cuts whose rules stand in some namespace. */
  async cuts(): Promise<readonly string[]> {
    if (this.#mode !== 'namespaces' || namespacesOf(this.#instance).length === 0) return [];
    const listings = await Promise.all(HOST_NAMES.map((host) => this.#run(host, ['nft', 'list', 'tables'])));
    const names = listings.flatMap((listing) =>
      [...listing.matchAll(/^table inet (\S+)$/gm)].map((match) => match[1] ?? ''),
    );
    const ours = names.filter((name) => name.startsWith(TABLE_PREFIX)).map((name) => name.slice(TABLE_PREFIX.length));
    return [...new Set(ours)];
  }

  /** Whether a TCP connection from one host to a port of another comes to an answer within a second; a refusal is one. */
  async reaches(from: string, to: string, port: number): Promise<boolean> {
    const target = this.#hosts[this.#hostNamed(to)];
    const attempt = `exec 3<>/dev/tcp/${target}/${port}`;
    const command = ['timeout', String(CONNECT_LIMIT_S), 'bash', '-c', attempt];
    return this.#run(this.#hostNamed(from), command).then(
      () => true,
      (cause: Error) => /refused/i.test(cause.message),
    );
  }

  async #nft(host: HostName, rules: string): Promise<void> {
    await this.#run(host, ['nft', '-f', '-'], rules);
  }

  #run(host: HostName, command: readonly string[], input?: string): Promise<string> {
    const place = { instance: this.#instance, mode: this.#mode };
    return runCommand(onHost(place, host, command), input === undefined ? {} : { input });
  }

  #known(names: readonly string[]): readonly HostName[] {
    return names.map((name) => this.#hostNamed(name));
  }

  #hostNamed(name: string): HostName {
    const found = HOST_NAMES.find((host) => host === name);
    if (found === undefined) throw new Error(`there is no host ${name}; there are ${HOST_NAMES.join(', ')}`);
    return found;
  }
}

/** One table with two chains, made in one transaction; an old table of the same name is replaced. */
export function cutRules({ id }: Pick<Cut, 'id'>, addresses: readonly string[]): string {
  const table = TABLE_PREFIX + id;
  const set = `{ ${addresses.join(', ')} }`;
  return [
    `add table inet ${table}`,
    `delete table inet ${table}`,
    `add table inet ${table}`,
    `add chain inet ${table} arriving { type filter hook input priority 0; }`,
    `add chain inet ${table} leaving { type filter hook output priority 0; }`,
    `add rule inet ${table} arriving ip saddr ${set} drop`,
    `add rule inet ${table} leaving ip daddr ${set} drop`,
    '',
  ].join('\n');
}
