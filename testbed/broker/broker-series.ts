// The series of RabbitMQ that can be had beside the machine's own: as Debian packages them, in a root folder of their own in the cache.

import { join } from 'node:path';
import { cacheFolder } from '../../lib/machine/cache-folder.ts';

export const BROKER_SERIES = ['3.10', '4.0'] as const;
/** All versions that begin so. */
export type BrokerSeries = (typeof BROKER_SERIES)[number];

/** The release of Debian whose packages are of this series. */
export const DEBIAN_WITH: Readonly<Record<BrokerSeries, string>> = { '3.10': 'bookworm', '4.0': 'trixie' };

/** The root folder with this series and all that it needs; need not exist. */
export function brokerRoot(series: BrokerSeries): string {
  return join(cacheFolder(), 'rabbitmq', series);
}

export function isOfSeries(version: string, series: BrokerSeries): boolean {
  return version === series || version.startsWith(`${series}.`);
}
