// Which process has which address: the same last byte in every instance, below a /24 that belongs to the instance alone.

/** `namespaces`: own network namespace per address. `loopback`: all in the machine's own, so no pair can be cut apart. */
export type NetworkMode = 'namespaces' | 'loopback';

/** 198.18.0.0/15 is set aside for benchmarks (RFC 2544), so it meets no real network; 127.0.0.0/8 is the machine itself. */
const PREFIX: Readonly<Record<NetworkMode, string>> = { namespaces: '198.18', loopback: '127.18' };

const LAST_BYTE = {
  database: 10,
  'broker-1': 11,
  'broker-2': 12,
  'broker-3': 13,
  'fault-proxy': 15,
  shopping: 20,
  'orders-api': 21,
  'orders-saga': 22,
  inventory: 23,
  payments: 24,
  fulfillment: 25,
} as const;

/** What has an address of its own. Under namespaces, the name of the namespace ends in it. */
export type HostName = keyof typeof LAST_BYTE;

export const HOST_NAMES = Object.keys(LAST_BYTE) as readonly HostName[];

export const BROKER_NAMES = ['broker-1', 'broker-2', 'broker-3'] as const;
export type BrokerName = (typeof BROKER_NAMES)[number];

export const SERVICE_NAMES = ['shopping', 'orders-api', 'orders-saga', 'inventory', 'payments', 'fulfillment'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

const STANDARD_PORTS = {
  database: 5432,
  amqp: 5672,
  management: 15672,
  prometheus: 15692,
  'fault-proxy': 8474,
  shopping: 5236,
  'orders-api': 5231,
  'orders-saga': 5241,
  inventory: 5233,
  payments: 5234,
  fulfillment: 5235,
} as const;

/** Where the database, everything of a broker node, the control of the fault proxy, and each service listens. */
export type PortName = keyof typeof STANDARD_PORTS;

/** On loopback, a RabbitMQ of the machine's own that listens on all addresses must not be in the way. */
const LOOPBACK_SHIFT = 6000;

export interface AddressPlan {
  /** Number of the instance's subnet on this machine, 1 to 254. */
  readonly number: number;
  /** With its length, e.g. `198.18.4.0/24`. */
  readonly subnet: string;
  /** The machine's own address in it. */
  readonly gateway: string;
  readonly hosts: Readonly<Record<HostName, string>>;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly erlang: ErlangPorts;
}

/** Ports by which the broker nodes talk to each other. */
export interface ErlangPorts {
  /** Of the name server (epmd). */
  readonly epmd: number;
  readonly distribution: Readonly<Record<BrokerName, number>>;
}

export const SUBNET_NUMBERS: readonly number[] = Array.from({ length: 254 }, (_, index) => index + 1);

/** All addresses of the instance with this subnet number (1 to 254). */
export function addressPlan(mode: NetworkMode, number: number): AddressPlan {
  const base = `${PREFIX[mode]}.${number}`;
  const hosts = Object.fromEntries(HOST_NAMES.map((name) => [name, `${base}.${LAST_BYTE[name]}`]));
  return {
    number,
    subnet: `${base}.0/24`,
    gateway: `${base}.1`,
    hosts: hosts as Record<HostName, string>,
    ports: mode === 'namespaces' ? STANDARD_PORTS : LOOPBACK_PORTS,
    erlang: mode === 'namespaces' ? STANDARD_ERLANG_PORTS : loopbackErlangPorts(number),
  };
}

const LOOPBACK_PORTS = Object.fromEntries(
  Object.entries(STANDARD_PORTS).map(([name, port]) => [name, port + LOOPBACK_SHIFT]),
) as Record<PortName, number>;

const STANDARD_ERLANG_PORTS: ErlangPorts = {
  epmd: 4369,
  distribution: { 'broker-1': 25672, 'broker-2': 25672, 'broker-3': 25672 },
};

/**
 * An address of its own is not enough on loopback: epmd listens on 127.0.0.1 as well, and a node refuses to start when its
 * distribution port is in use on whatever address. Four ports per instance, below those that Linux gives to outgoing connections.
 */
function loopbackErlangPorts(number: number): ErlangPorts {
  const epmd = 20_000 + 4 * number;
  return { epmd, distribution: { 'broker-1': epmd + 1, 'broker-2': epmd + 2, 'broker-3': epmd + 3 } };
}

/** The subnet number that an address of this mode belongs to; null for any other address. */
export function subnetNumberOf(mode: NetworkMode, address: string): number | null {
  const [first, second, third] = address.split(/[./]/);
  return `${first}.${second}` === PREFIX[mode] ? Number(third) : null;
}
