// The network of a cluster's node: a namespace of its own, one link to the machine, and the machine's route to pods and services.

import { EXIT } from '../../../lib/model/exit-code.ts';
import { StampedeError } from '../../../lib/model/stampede-error.ts';
import type { Instance } from '../../instance.ts';
import { linkName } from '../../network/namespaces.ts';
import { runCommand } from '../../processes/run-command.ts';
import type { ClusterAddresses } from '../address-plan.ts';

/** Its name begins as those of a testbed's do, so that the same clean-up finds it. */
export function nodeNamespace(instance: Instance): string {
  return `stampede-${instance.key}-node`;
}

/** The command as run in the node's network. Not by `ip netns exec`, which would hide the cgroups. */
export function inNodeNetwork(instance: Instance, command: readonly string[]): readonly string[] {
  return ['nsenter', `--net=/run/netns/${nodeNamespace(instance)}`, '--', ...command];
}

/** Makes namespace, link, addresses and routes. Nothing of the instance may be there yet. Throws (69) where the kernel refuses. */
export async function createNodeNetwork(instance: Instance, addresses: ClusterAddresses): Promise<void> {
  const namespace = nodeNamespace(instance);
  const link = linkName(instance);
  try {
    await runCommand(['ip', 'netns', 'add', namespace]);
    await ipBatch([
      `link add ${link} type veth peer name eth0 netns ${namespace}`,
      `address add ${addresses.machine}/24 dev ${link}`,
      `link set ${link} up`,
      `route add ${addresses.routed} via ${addresses.node}`,
    ]);
    await ipBatch(
      [
        ...['link set lo up', `address add ${addresses.node}/24 dev eth0`, 'link set eth0 up'],
        // Without a default route Kubernetes finds no address of its own. The machine forwards nothing for it.
        `route add default via ${addresses.machine}`,
      ],
      ['-netns', namespace],
    );
    await runCommand(inNodeNetwork(instance, ['sysctl', '-qw', 'net.ipv4.ip_forward=1']));
  } catch (cause) {
    throw new StampedeError(`the network of a cluster cannot be made here: ${(cause as Error).message}`, {
      exitCode: EXIT.unavailable,
      hint: 'A cluster needs network namespaces, virtual links (veth) and bridges of the kernel.',
      cause,
    });
  }
}

async function ipBatch(lines: readonly string[], options: readonly string[] = []): Promise<void> {
  await runCommand(['ip', ...options, '-batch', '-'], { input: `${lines.join('\n')}\n` });
}
