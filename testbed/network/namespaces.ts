// Network namespaces of an instance: one per host, all on one bridge. The bridge stands in a namespace of its own (the hub), so that
// the machine's packet filter does not see what passes between two hosts, and so that nothing but one link lies in the machine's own.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Instance } from '../instance.ts';
import { runCommand } from '../processes/run-command.ts';
import { type AddressPlan, HOST_NAMES, type HostName } from './address-plan.ts';

const NAMESPACE_FOLDER = '/run/netns';

/** Path of a host's namespace, for `nsenter --net=`. */
export function namespacePath(instance: Instance, host: HostName): string {
  return join(NAMESPACE_FOLDER, namespaceName(instance, host));
}

/** The one link of the instance in the machine's own namespace: 14 characters of the 15 that Linux allows. */
export function linkName(instance: Instance): string {
  return `stampede${instance.key}`;
}

function namespaceName(instance: Instance, part: HostName | 'hub'): string {
  return `stampede-${instance.key}-${part}`;
}

/** Makes hub, namespaces, links and addresses. Nothing of the instance may be there yet. Throws (69) where the kernel refuses. */
export async function createNamespaces(instance: Instance, addresses: AddressPlan): Promise<void> {
  try {
    await createHub(instance, addresses);
    for (const host of HOST_NAMES) await configureHost(instance, host, addresses.hosts[host]);
  } catch (cause) {
    throw new StampedeError(`network namespaces cannot be made here: ${(cause as Error).message}`, {
      exitCode: EXIT.unavailable,
      hint: `Do without them, and without partition faults: ${typed('up --loopback', instance.name)}`,
      cause,
    });
  }
}

/** The bridge, and a link from it to every host and to the machine. */
async function createHub(instance: Instance, addresses: AddressPlan): Promise<void> {
  const hub = namespaceName(instance, 'hub');
  const link = linkName(instance);
  for (const part of ['hub', ...HOST_NAMES] as const)
    await runCommand(['ip', 'netns', 'add', namespaceName(instance, part)]);
  await ipBatch(
    [],
    [
      `link add ${link} type veth peer name gateway netns ${hub}`,
      `address add ${addresses.gateway}/24 dev ${link}`,
      `link set ${link} up`,
      ...HOST_NAMES.map(
        (host) => `link add eth0 netns ${namespaceName(instance, host)} type veth peer name ${host} netns ${hub}`,
      ),
    ],
  );
  await ipBatch(
    ['-netns', hub],
    [
      'link add bridge0 type bridge',
      'link set bridge0 up',
      ...['gateway', ...HOST_NAMES].map((port) => `link set ${port} master bridge0 up`),
    ],
  );
}

async function configureHost(instance: Instance, host: HostName, address: string): Promise<void> {
  await ipBatch(
    ['-netns', namespaceName(instance, host)],
    ['link set lo up', `address add ${address}/24 dev eth0`, 'link set eth0 up'],
  );
}

/** Removes every namespace and link of the instance. What is not there is no failure. */
export async function destroyNamespaces(instance: Instance): Promise<void> {
  for (const name of namespacesOf(instance)) await runCommand(['ip', 'netns', 'delete', name]);
  // Usually the link vanished with its peer in the hub; the kernel takes its time over that, so it is removed by name.
  if (linkExists(instance)) await runCommand(['ip', 'link', 'delete', linkName(instance)]).catch(() => undefined);
}

/** Names of the instance's namespaces that are there, whatever made them. */
export function namespacesOf(instance: Instance): readonly string[] {
  try {
    return readdirSync(NAMESPACE_FOLDER).filter((name) => name.startsWith(`stampede-${instance.key}-`));
  } catch {
    return [];
  }
}

/** Inode numbers of the instance's namespaces, as they stand in /proc/PID/ns/net. */
export function namespaceInodesOf(instance: Instance): ReadonlySet<number> {
  return new Set(namespacesOf(instance).map((name) => statSync(join(NAMESPACE_FOLDER, name)).ino));
}

export function linkExists(instance: Instance): boolean {
  return readdirSync('/sys/class/net').includes(linkName(instance));
}

async function ipBatch(options: readonly string[], lines: readonly string[]): Promise<void> {
  await runCommand(['ip', ...options, '-batch', '-'], { input: `${lines.join('\n')}\n` });
}
