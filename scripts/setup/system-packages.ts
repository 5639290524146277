// Which Debian packages a command still lacks, and why the suite wants each of them.

import { existsSync } from 'node:fs';
import { findOnPath } from '../../lib/machine/find-on-path.ts';
import { findBinaries } from '../../testbed/binaries.ts';

/** A system that the suite starts on this machine, what it cuts networks apart with, or what it builds programs with. */
export type SystemNeed = 'rabbitmq' | 'postgresql' | 'packet-filter' | 'kubernetes' | 'c-compiler';

export interface SystemPackage {
  /** Debian's and Ubuntu's name. */
  readonly name: string;
  /** Why, as the end of the sentence "it is needed …". */
  readonly why: string;
}

const PACKAGE_OF: Readonly<Record<'rabbitmq' | 'postgresql', string>> = {
  rabbitmq: 'rabbitmq-server',
  postgresql: 'postgresql',
};

const WHY: Readonly<Record<string, string>> = {
  'rabbitmq-server': 'for the three broker nodes of the embedded order platform',
  postgresql: 'for the database of the embedded order platform',
  iproute2: 'to give each part of the platform a network of its own (program "ip")',
  nftables: 'to cut parts of the platform apart (program "nft")',
  'etcd-server': 'to keep the state of the throwaway cluster',
  containerd: 'to run the containers of the throwaway cluster',
  runc: 'to run the containers of the throwaway cluster',
  'containernetworking-plugins': 'to give the pods of the throwaway cluster a network',
  iptables: 'for the services of the throwaway cluster, and for partitions by Chaos Mesh',
  ipset: 'for partitions by Chaos Mesh',
  gcc: 'to build the daemon of Chaos Mesh',
  'libc6-dev': 'to build the daemon of Chaos Mesh',
  'util-linux': 'to start each part there without the rights of root (programs "nsenter", "setpriv")',
};

/** What a throwaway cluster runs beside its own programs, and the package that has it. */
const OF_CLUSTER: Readonly<Record<string, string>> = {
  etcd: 'etcd-server',
  containerd: 'containerd',
  ctr: 'containerd',
  runc: 'runc',
  'iptables-legacy': 'iptables',
  ipset: 'ipset',
  ip: 'iproute2',
  tc: 'iproute2',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  sysctl: 'procps',
  openssl: 'openssl',
};
const CNI_BRIDGE = '/usr/lib/cni/bridge';

/** The packages that `needs` asks for and that are not there. */
export function missingPackages(needs: readonly SystemNeed[]): SystemPackage[] {
  const servers = needs.filter((need) => need === 'rabbitmq' || need === 'postgresql');
  const names = [
    ...missingForServers(servers),
    ...(needs.includes('packet-filter') ? missingPacketFilter() : []),
    ...(needs.includes('kubernetes') ? missingForCluster() : []),
    ...(needs.includes('c-compiler') ? missingCompiler() : []),
  ];
  return names.map((name) => ({ name, why: WHY[name] ?? 'for the embedded order platform' }));
}

function missingForServers(needs: readonly (keyof typeof PACKAGE_OF)[]): readonly string[] {
  if (needs.length === 0) return [];
  const others = Object.values(PACKAGE_OF).filter((name) => !needs.some((need) => PACKAGE_OF[need] === name));
  return findBinaries().missing.filter((name) => !others.includes(name));
}

function missingForCluster(): readonly string[] {
  const programs = Object.entries(OF_CLUSTER).filter(([program]) => findOnPath(program) === undefined);
  const packages = programs.map(([, name]) => name);
  return [...new Set([...packages, ...(existsSync(CNI_BRIDGE) ? [] : ['containernetworking-plugins'])])];
}

function missingCompiler(): readonly string[] {
  const headers = existsSync('/usr/include/stdlib.h') ? [] : ['libc6-dev'];
  return [...(findOnPath('gcc') === undefined ? ['gcc'] : []), ...headers];
}

/** Without root there are no namespaces to filter between. */
function missingPacketFilter(): readonly string[] {
  return process.getuid?.() === 0 && findOnPath('nft') === undefined ? ['nftables'] : [];
}
