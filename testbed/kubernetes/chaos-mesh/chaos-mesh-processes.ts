// The two programs of Chaos Mesh as plain processes: the controllers, and the daemon that acts on the containers of the node.

import type { Instance } from '../../instance.ts';
import { environmentOf } from '../../processes/launch.ts';
import { type ProcessSpec, STOP_RANK } from '../../supervisor/process-spec.ts';
import { type ClusterAddresses, PORTS } from '../address-plan.ts';
import { clusterCertificates } from '../certificates.ts';
import { clusterFiles } from '../cluster-instance.ts';
import { kubeconfigFile } from '../credentials.ts';
import { PAUSE_IMAGE } from '../images/image-names.ts';
import type { ClusterPrograms } from '../programs.ts';

export const CHAOS_MESH_NAMESPACE = 'chaos-mesh';

/** They need its namespace and its kinds of objects to be there; see install-chaos-mesh.ts. */
export function chaosMeshProcesses(
  instance: Instance,
  addresses: ClusterAddresses,
  { chaosController, chaosDaemon }: ClusterPrograms,
): readonly ProcessSpec[] {
  const common = {
    host: addresses.node,
    cwd: instance.folder,
    stopSignal: 'SIGTERM',
    stopRank: STOP_RANK.service,
  } as const;
  return [
    {
      ...common,
      name: 'chaos-controller-manager',
      port: PORTS.chaosWebhook,
      command: [chaosController],
      environment: environmentOf(instance, controllerEnvironment(instance, addresses)),
      readiness: { kind: 'tcp' },
    },
    {
      ...common,
      name: 'chaos-daemon',
      port: PORTS.chaosDaemon,
      command: [chaosDaemon, ...daemonFlags(instance)],
      // Its stand-ins lie in /usr/local/bin, before the machine's own programs; see node/enter-node.sh.
      environment: environmentOf(instance, { PATH: '/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }),
      readiness: { kind: 'tcp' },
    },
  ];
}

function controllerEnvironment(instance: Instance, { node }: ClusterAddresses): Readonly<Record<string, string>> {
  const { authority, chaosClient } = clusterCertificates(instance);
  return {
    KUBECONFIG: kubeconfigFile(instance, 'chaos-mesh'),
    NAMESPACE: CHAOS_MESH_NAMESPACE,
    TEMPLATE_NAMESPACE: CHAOS_MESH_NAMESPACE,
    // It looks for tls.crt and tls.key there.
    CERTS_DIR: clusterFiles(instance).certificates,
    WEBHOOK_HOST: node,
    WEBHOOK_PORT: String(PORTS.chaosWebhook),
    METRICS_HOST: node,
    METRICS_PORT: String(PORTS.chaosMetrics),
    ENABLE_LEADER_ELECTION: 'false',
    CLUSTER_SCOPED: 'true',
    // Without its dashboard there is nobody who could ask for the rights of users.
    SECURITY_MODE: 'false',
    CHAOSD_SECURITY_MODE: 'false',
    POD_FAILURE_PAUSE_IMAGE: PAUSE_IMAGE,
    CHAOS_DAEMON_SERVICE_PORT: String(PORTS.chaosDaemon),
    CHAOS_DNS_SERVICE_PORT: '9288',
    CHAOS_MESH_CA_CERT: authority.cert,
    CHAOS_DAEMON_CLIENT_CERT: chaosClient.cert,
    CHAOS_DAEMON_CLIENT_KEY: chaosClient.key,
  };
}

function daemonFlags(instance: Instance): readonly string[] {
  const { authority, server } = clusterCertificates(instance);
  return [
    ...['--runtime=containerd', `--runtime-socket-path=${clusterFiles(instance).containerdSocket}`],
    ...[`--grpc-port=${PORTS.chaosDaemon}`, `--http-port=${PORTS.chaosDaemonHttp}`],
    ...[`--ca=${authority.cert}`, `--cert=${server.cert}`, `--key=${server.key}`],
  ];
}
