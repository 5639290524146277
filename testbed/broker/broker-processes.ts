// The processes of the RabbitMQ cluster: three nodes, and the name servers of Erlang (epmd) by which they find each other's port.

import { join } from 'node:path';
import type { Instance } from '../instance.ts';
import { type AddressPlan, BROKER_NAMES, type BrokerName } from '../network/address-plan.ts';
import { environmentOf, onHost, type Place } from '../processes/launch.ts';
import { inRootFolder } from '../processes/root-folder.ts';
import { erlangHome, secretFile } from '../secrets.ts';
import { type ProcessSpec, STOP_RANK } from '../supervisor/process-spec.ts';
import { MONITORING_USER, nodeName } from './broker-config.ts';
import type { RabbitmqBinaries } from './find-rabbitmq.ts';

/**
 * A peer that is silent for so long, give or take a quarter, counts as gone: only then does a minority pause itself. Erlang's own 60 s
 * would let most partitions of a game day end unnoticed.
 */
const TICK_TIME_S = 15;

/**
 * One scheduler per node: three nodes share the machine with the load. Not bound to a processor, or all three would be bound to the
 * first. No busy waiting. The name server is a process of ours, so that none is left behind as a daemon.
 */
const ERLANG_FLAGS = `+S 1:1 +SDcpu 1:1 -start_epmd false -kernel net_ticktime ${TICK_TIME_S}`;

/** Files that all nodes of the instance share, and those of one node. */
export function brokerFiles(instance: Instance) {
  return {
    definitions: join(instance.configuration, 'definitions.json'),
    plugins: join(instance.configuration, 'enabled_plugins'),
    inetrc: join(instance.configuration, 'inetrc'),
    config: (node: BrokerName) => join(instance.configuration, `${node}.conf`),
    data: (node: BrokerName) => join(instance.data, node),
  };
}

/** A name server per node under namespaces; one for all on loopback. */
export function epmdProcesses(
  place: Place,
  addresses: AddressPlan,
  binaries: RabbitmqBinaries,
): readonly ProcessSpec[] {
  const make = (name: string, nodes: readonly BrokerName[]) => epmdProcess(name, place, addresses, nodes, binaries);
  if (place.mode === 'loopback') return [make('epmd', BROKER_NAMES)];
  return BROKER_NAMES.map((node) => make(node.replace('broker', 'epmd'), [node]));
}

function epmdProcess(
  name: string,
  place: Place,
  addresses: AddressPlan,
  nodes: readonly BrokerName[],
  { root }: RabbitmqBinaries,
): ProcessSpec {
  const [first = 'broker-1'] = nodes;
  const port = addresses.erlang.epmd;
  return {
    name,
    host: addresses.hosts[first],
    port,
    command: onHost(place, first, inRootFolder(root, place.instance, ['epmd'])),
    cwd: place.instance.folder,
    environment: environmentOf(place.instance, {
      ERL_EPMD_PORT: String(port),
      ERL_EPMD_ADDRESS: nodes.map((node) => addresses.hosts[node]).join(','),
    }),
    stopSignal: 'SIGTERM',
    stopRank: STOP_RANK.helper,
    readiness: { kind: 'tcp' },
  };
}

/** One node of the cluster. */
export function brokerProcess(
  place: Place,
  addresses: AddressPlan,
  node: BrokerName,
  binaries: RabbitmqBinaries,
): ProcessSpec {
  const host = addresses.hosts[node];
  const program = [join(binaries.folder, 'rabbitmq-server')];
  return {
    name: node,
    host,
    port: addresses.ports.amqp,
    command: onHost(place, node, inRootFolder(binaries.root, place.instance, program)),
    cwd: place.instance.folder,
    environment: brokerEnvironment(place, addresses, node),
    stopSignal: 'SIGTERM',
    stopRank: STOP_RANK.store,
    readiness: {
      kind: 'http-basic',
      url: `http://${host}:${addresses.ports.management}/api/health/checks/port-listener/${addresses.ports.amqp}`,
      user: MONITORING_USER,
      passwordFile: secretFile(place.instance, 'broker-monitoring'),
    },
  };
}

function brokerEnvironment(place: Place, addresses: AddressPlan, node: BrokerName): Record<string, string> {
  const { instance } = place;
  const files = brokerFiles(instance);
  const data = files.data(node);
  return environmentOf(instance, {
    HOME: erlangHome(instance),
    // The start script then replaces itself by the node, so that a signal reaches the node and not a shell.
    RUNNING_UNDER_SYSTEMD: 'true',
    ERL_EPMD_PORT: String(addresses.erlang.epmd),
    ERL_INETRC: files.inetrc,
    ERL_CRASH_DUMP: join(data, 'erl_crash.dump'),
    RABBITMQ_NODENAME: nodeName(addresses, node),
    RABBITMQ_USE_LONGNAME: 'true',
    RABBITMQ_DIST_PORT: String(addresses.erlang.distribution[node]),
    RABBITMQ_MNESIA_BASE: data,
    RABBITMQ_LOG_BASE: data,
    RABBITMQ_UPGRADE_LOG: join(data, 'upgrade.log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: files.config(node),
    RABBITMQ_CONF_ENV_FILE: join(instance.configuration, 'no-rabbitmq-env.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(instance.configuration, 'no-advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: files.plugins,
    RABBITMQ_SCHEDULER_BIND_TYPE: 'u',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `${ERLANG_FLAGS} -kernel inet_dist_use_interface {${addresses.hosts[node].replaceAll('.', ',')}}`,
  });
}
