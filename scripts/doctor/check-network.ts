// The doctor's look at the kernel: can every process of the platform have an address of its own, and can a pair be cut apart?

import { findOnPath } from '../../lib/machine/find-on-path.ts';
import { chooseIsolation } from '../../testbed/network/isolation.ts';
import { lastLines, runTool } from '../setup/run-tool.ts';
import type { Check } from './check.ts';

const WITHOUT = 'Partition faults will be inconclusive; everything else works.';
const AS_ROOT = `Run as root for network namespaces. ${WITHOUT}`;
/** Everything happens in a namespace without a name, which ends with the shell. */
const MAKE_NETWORK =
  'ip link add name bridge0 type bridge && ip link add name veth0 type veth peer name veth1 && ip link set veth0 master bridge0 up';
const DROP_PACKETS: Readonly<Record<string, string>> = {
  nft: 'nft add table inet t && nft add chain inet t c "{ type filter hook input priority 0; }" && nft add rule inet t c drop',
  iptables: 'iptables -A INPUT -j DROP',
};

export async function checkNetwork(): Promise<Check[]> {
  const isolation = chooseIsolation(false);
  if (isolation.because !== undefined) {
    return [{ name: 'network namespaces', health: 'limited', seen: isolation.because, advice: AS_ROOT }];
  }
  if (findOnPath('ip') === undefined) return []; // its package is named among the missing ones
  return [await checkNamespaces(), await checkPacketFilter()];
}

async function checkNamespaces(): Promise<Check> {
  const { exitCode, output } = await inNamespace(MAKE_NETWORK);
  if (exitCode === 0)
    return { name: 'network namespaces', health: 'ok', seen: 'namespace, bridge and veth can be made' };
  const advice = 'The kernel lacks a module (bridge, veth), or this container may not load it. '.concat(WITHOUT);
  return { name: 'network namespaces', health: 'limited', seen: lastLines(output, 1), advice };
}

async function checkPacketFilter(): Promise<Check> {
  for (const [program, commands] of Object.entries(DROP_PACKETS)) {
    if (findOnPath(program) === undefined) continue;
    const { exitCode } = await inNamespace(commands);
    if (exitCode === 0) return { name: 'packet filter', health: 'ok', seen: `${program}  ${findOnPath(program)}` };
  }
  const advice = `Install nftables (package "nftables"). ${WITHOUT}`;
  return { name: 'packet filter', health: 'limited', seen: 'neither nft nor iptables works', advice };
}

function inNamespace(commands: string) {
  return runTool({ command: 'unshare', args: ['--net', 'sh', '-ec', commands] });
}
