// Which Debian packages a command still lacks, and why the suite wants each of them.

import { findOnPath } from '../../lib/machine/find-on-path.ts';
import { findBinaries } from '../../testbed/binaries.ts';

/** A system that the suite starts on this machine, or what it cuts networks apart with. */
export type SystemNeed = 'rabbitmq' | 'postgresql' | 'packet-filter';

export interface SystemPackage {
  /** Debian's and Ubuntu's name. */
  readonly name: string;
  /** Why, as the end of the sentence "it is needed …". */
  readonly why: string;
}

const PACKAGE_OF: Readonly<Record<Exclude<SystemNeed, 'packet-filter'>, string>> = {
  rabbitmq: 'rabbitmq-server',
  postgresql: 'postgresql',
};

const WHY: Readonly<Record<string, string>> = {
  'rabbitmq-server': 'for the three broker nodes of the embedded order platform',
  postgresql: 'for the database of the embedded order platform',
  iproute2: 'to give each part of the platform a network of its own (program "ip")',
  nftables: 'to cut parts of the platform apart (program "nft")',
  'util-linux': 'to start each part there without the rights of root (programs "nsenter", "setpriv")',
};

/** The packages that `needs` asks for and that are not there. */
export function missingPackages(needs: readonly SystemNeed[]): SystemPackage[] {
  const servers = needs.filter((need) => need !== 'packet-filter');
  const names = [...missingForServers(servers), ...(needs.includes('packet-filter') ? missingPacketFilter() : [])];
  return names.map((name) => ({ name, why: WHY[name] ?? 'for the embedded order platform' }));
}

function missingForServers(needs: readonly (keyof typeof PACKAGE_OF)[]): readonly string[] {
  if (needs.length === 0) return [];
  const others = Object.values(PACKAGE_OF).filter((name) => !needs.some((need) => PACKAGE_OF[need] === name));
  return findBinaries().missing.filter((name) => !others.includes(name));
}

/** Without root there are no namespaces to filter between. */
function missingPacketFilter(): readonly string[] {
  return process.getuid?.() === 0 && findOnPath('nft') === undefined ? ['nftables'] : [];
}
