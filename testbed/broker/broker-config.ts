// The configuration files of one RabbitMQ node, as text. Whatever durability depends on is said in so many words, also where it is the default.

import { createHash, randomBytes } from 'node:crypto';
import { type AddressPlan, BROKER_NAMES, type BrokerName } from '../network/address-plan.ts';
import type { Secrets } from '../secrets.ts';

export const BROKER_VHOST = '/';
/** The user of the order system. */
export const BROKER_USER = 'orders';
/** Reads the management API and touches no message. */
export const MONITORING_USER = 'monitoring';
/** Binds queues of its own to the platform's exchanges, and may do nothing else. */
export const TAP_USER = 'tap';

export const ENABLED_PLUGINS = '[rabbitmq_management,rabbitmq_prometheus].\n';

/** Names are looked up nowhere: all addresses are numbers, and a name server out of reach would delay the start. */
export const ERLANG_INETRC = '{lookup, [file]}.\n';

export interface BrokerNodeSettings {
  readonly instance: string;
  readonly node: BrokerName;
  readonly addresses: AddressPlan;
  readonly definitionsFile: string;
}

/** Erlang name of a node: its name and its address, so nothing has to be resolved. */
export function nodeName(addresses: AddressPlan, node: BrokerName): string {
  return `${node}@${addresses.hosts[node]}`;
}

/** Content of rabbitmq.conf. */
export function brokerConfig({ instance, node, addresses, definitionsFile }: BrokerNodeSettings): string {
  return brokerConfigText({
    instance,
    host: addresses.hosts[node],
    ports: addresses.ports,
    self: nodeName(addresses, node),
    nodes: BROKER_NAMES.map((each) => nodeName(addresses, each)),
    definitionsFile,
  });
}

export interface BrokerTextSettings {
  readonly instance: string;
  /** Address on which the node listens. */
  readonly host: string;
  readonly ports: Readonly<Record<'amqp' | 'management' | 'prometheus', number>>;
  /** Erlang name of the node. */
  readonly self: string;
  /** Erlang names of all nodes of the cluster, the founder first. */
  readonly nodes: readonly string[];
  readonly definitionsFile: string;
}

/** The same for a cluster that lies anywhere. */
export function brokerConfigText({ host, ports, ...settings }: BrokerTextSettings): string {
  return [
    `cluster_name = stampede-${settings.instance}`,
    ...clusterFormation(settings),
    'cluster_partition_handling = pause_minority',
    `listeners.tcp.1 = ${host}:${ports.amqp}`,
    `management.tcp.ip = ${host}`,
    `management.tcp.port = ${ports.management}`,
    `prometheus.tcp.ip = ${host}`,
    `prometheus.tcp.port = ${ports.prometheus}`,
    `load_definitions = ${settings.definitionsFile}`,
    ...LIMITS,
    ...STATISTICS,
    ...LOGGING,
    '',
  ].join('\n');
}

/** Started alone on a fresh start; the others join it. */
export const FOUNDER: BrokerName = BROKER_NAMES[0];

/**
 * A node without data asks the nodes of its list for a cluster to join, and founds one of its own when it has asked in vain too often. The
 * founder knows of nobody else and founds at once; the others ask for a minute, so that none of them ever founds a second one, however slow
 * the machine. Nodes that were members before do not pass through here.
 */
function clusterFormation({ self, nodes }: Pick<BrokerTextSettings, 'self' | 'nodes'>): readonly string[] {
  const peers = self === nodes[0] ? [self] : nodes;
  return [
    'cluster_formation.peer_discovery_backend = classic_config',
    ...peers.map((node, index) => `cluster_formation.classic_config.nodes.${index + 1} = ${node}`),
    `cluster_formation.target_cluster_size_hint = ${nodes.length}`,
    'cluster_formation.discovery_retry_limit = 240',
    'cluster_formation.discovery_retry_interval = 250',
  ];
}

/** Absolute, so that a node behaves the same on every machine. The write-ahead log is held in memory until it is rolled over. */
const LIMITS = [
  'vm_memory_high_watermark.absolute = 1GB',
  'disk_free_limit.absolute = 500MB',
  'raft.wal_max_size_bytes = 67108864',
  'heartbeat = 10',
];

/** Depths every 5 s and no rates: what is needed to watch a backlog, at little cost for the processors that the load shares. */
const STATISTICS = ['collect_statistics_interval = 5000', 'management.rates_mode = none'];

const LOGGING = ['log.console = true', 'log.console.level = info', 'log.file = false'];

/** Queues of its own name; what these drop goes through the default exchange. Reading an exchange is to bind a queue to it. */
const TAP_RIGHTS = {
  configure: '^stampede-tap\\.',
  write: '^(stampede-tap\\..*|amq\\.default)$',
  read: '^(stampede-tap\\..*|orders|payments|dead-letters)$',
};

/** Content of definitions.json: the users, no `guest`, and the one virtual host. */
export function brokerDefinitions(secrets: Secrets): string {
  const vhost = BROKER_VHOST;
  const definitions = {
    users: [
      user(BROKER_USER, secrets['broker-orders'], []),
      user(MONITORING_USER, secrets['broker-monitoring'], ['monitoring']),
      user(TAP_USER, secrets['broker-tap'], []),
    ],
    vhosts: [{ name: vhost }],
    permissions: [
      { user: BROKER_USER, vhost, configure: '.*', write: '.*', read: '.*' },
      { user: MONITORING_USER, vhost, configure: '^$', write: '^$', read: '^$' },
      { user: TAP_USER, vhost, ...TAP_RIGHTS },
    ],
  };
  return `${JSON.stringify(definitions, null, 2)}\n`;
}

function user(name: string, password: string, tags: readonly string[]) {
  return { name, tags, password_hash: passwordHash(password), hashing_algorithm: 'rabbit_password_hashing_sha256' };
}

/** RabbitMQ's salted form of a password: base64 of a salt of 4 bytes and SHA-256 of salt and password. */
export function passwordHash(password: string, salt: Buffer = randomBytes(4)): string {
  const digest = createHash('sha256').update(salt).update(password, 'utf8').digest();
  return Buffer.concat([salt, digest]).toString('base64');
}
