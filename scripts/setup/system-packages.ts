// Which Debian packages a command still lacks, and why the suite wants each of them.

import { findBinaries } from '../../testbed/binaries.ts';

/** A system that the suite starts on this machine. */
export type SystemNeed = 'rabbitmq' | 'postgresql';

export interface SystemPackage {
  /** Debian's and Ubuntu's name. */
  readonly name: string;
  /** Why, as the end of the sentence "it is needed …". */
  readonly why: string;
}

const PACKAGE_OF: Readonly<Record<SystemNeed, string>> = { rabbitmq: 'rabbitmq-server', postgresql: 'postgresql' };

const WHY: Readonly<Record<string, string>> = {
  'rabbitmq-server': 'for the three broker nodes of the embedded order platform',
  postgresql: 'for the database of the embedded order platform',
  iproute2: 'to give each part of the platform a network of its own (program "ip")',
  'util-linux': 'to start each part there without the rights of root (programs "nsenter", "setpriv")',
};

/** The packages that `needs` asks for and that are not there. */
export function missingPackages(needs: readonly SystemNeed[]): SystemPackage[] {
  if (needs.length === 0) return [];
  const others = Object.values(PACKAGE_OF).filter((name) => !needs.some((need) => PACKAGE_OF[need] === name));
  const names = findBinaries().missing.filter((name) => !others.includes(name));
  return names.map((name) => ({ name, why: WHY[name] ?? 'for the embedded order platform' }));
}
