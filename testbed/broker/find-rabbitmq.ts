// Finds RabbitMQ: the machine's own, or one of a wanted series in a root folder of its own.

import { realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findOnPath, isExecutable, type SearchPlace } from '../../lib/machine/find-on-path.ts';
import { list, pick } from '../list-folder.ts';
import { type BrokerSeries, brokerRoot, isOfSeries } from './broker-series.ts';

export interface RabbitmqBinaries {
  /** Folder of its own scripts: a distribution's wrappers would change user and drop the environment. Within `root`, if there is one. */
  readonly folder: string;
  /** As the maker counts it, e.g. `3.10.8`. */
  readonly version: string;
  /** Its programs and libraries are those of this root folder, not the machine's. */
  readonly root?: string;
}

/** Of the wanted series, the machine's own before a fetched one; without a wish the machine's own. */
export function findRabbitmq(
  machine: SearchPlace,
  series?: BrokerSeries,
  rootOf: (series: BrokerSeries) => string = brokerRoot,
): RabbitmqBinaries | undefined {
  const own = ownRabbitmq(machine);
  if (series === undefined || (own !== undefined && isOfSeries(own.version, series))) return own;
  return fetchedRabbitmq(rootOf(series), series);
}

/** The scripts of Debian's package, else those that the program on the PATH lies beside. */
function ownRabbitmq(machine: SearchPlace): RabbitmqBinaries | undefined {
  const debian = join(machine.root, DEBIAN_SERVER);
  const program = isExecutable(debian) ? debian : findOnPath('rabbitmq-server', machine);
  if (program === undefined) return undefined;
  const folder = dirname(realpathSync(program));
  const version = debianVersion(machine.root) ?? pick(list(join(folder, '../plugins')), /^rabbit-(\d[\d.]*\d)/);
  return version === undefined ? undefined : { folder, version };
}

function fetchedRabbitmq(root: string, series: BrokerSeries): RabbitmqBinaries | undefined {
  const version = debianVersion(root);
  if (version === undefined || !isOfSeries(version, series)) return undefined;
  const folder = dirname(realpathSync(join(root, DEBIAN_SERVER)));
  return { folder: join('/', relative(realpathSync(root), folder)), version, root };
}

const DEBIAN_SERVER = 'usr/lib/rabbitmq/bin/rabbitmq-server';

function debianVersion(root: string): string | undefined {
  return pick(list(join(root, 'usr/lib/rabbitmq/lib')), /^rabbitmq_server-(\d.*)$/);
}
