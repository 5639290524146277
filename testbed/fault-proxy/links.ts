// The connections of the order system that a fault proxy can stand in: which service speaks to whom, and through which port of the proxy.

import { type AddressPlan, BROKER_NAMES, SERVICE_NAMES, type ServiceName } from '../network/address-plan.ts';

/** Who is spoken to: a broker node, the database, or the service that takes registrations. */
export type LinkEnd = (typeof BROKER_NAMES)[number] | 'database' | 'orders-api';

export interface Link {
  /** `payments--broker-2`; also its name at the proxy. */
  readonly name: string;
  readonly from: ServiceName;
  readonly to: LinkEnd;
  /** Of the proxy's address. */
  readonly port: number;
}

/** Below those that Linux gives to outgoing connections, and above all others of a testbed. */
const FIRST_PORT = 22_000;

const ENDS: readonly (readonly [ServiceName, LinkEnd])[] = [
  ...SERVICE_NAMES.flatMap((from) => [...BROKER_NAMES, 'database' as const].map((to) => [from, to] as const)),
  ['shopping', 'orders-api'],
];

export const LINKS: readonly Link[] = ENDS.map(([from, to], index) => ({
  name: `${from}--${to}`,
  from,
  to,
  port: FIRST_PORT + index,
}));

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where the far end of a link listens itself. */
export function endAddress({ hosts, ports }: AddressPlan, to: LinkEnd): Address {
  if (to === 'database' || to === 'orders-api') return { host: hosts[to], port: ports[to] };
  return { host: hosts[to], port: ports.amqp };
}

/** Where `from` is told to find `to`: the proxy when there is one, else the far end itself. */
export function addressFor(addresses: AddressPlan, proxied: boolean, from: ServiceName, to: LinkEnd): Address {
  const link = LINKS.find((each) => each.from === from && each.to === to);
  if (!proxied || link === undefined) return endAddress(addresses, to);
  return { host: addresses.hosts['fault-proxy'], port: link.port };
}
