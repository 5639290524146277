// The processes of the control plane: etcd, the API server, the controllers, the scheduler.

import { join } from 'node:path';
import type { Instance } from '../../instance.ts';
import { environmentOf } from '../../processes/launch.ts';
import { type ProcessSpec, STOP_RANK } from '../../supervisor/process-spec.ts';
import { type ClusterAddresses, PORTS } from '../address-plan.ts';
import { clusterCertificates } from '../certificates.ts';
import { type ClusterUser, kubeconfigFile, tokenFile } from '../credentials.ts';
import type { ClusterPrograms } from '../programs.ts';

const ISSUER = 'https://kubernetes.default.svc.cluster.local';

export function controlPlaneProcesses(
  instance: Instance,
  addresses: ClusterAddresses,
  { kubernetes }: ClusterPrograms,
): readonly ProcessSpec[] {
  const server = serverOf(instance, addresses);
  return [
    etcd(instance, addresses),
    server('kube-apiserver', PORTS.api, [kubernetes, 'kube-apiserver', ...apiFlags(instance, addresses)]),
    server('kube-controller-manager', PORTS.controllers, [
      ...[kubernetes, 'kube-controller-manager', ...clientFlags(instance, addresses, 'kube-controller-manager')],
      `--service-account-private-key-file=${clusterCertificates(instance).tokenKey}`,
      `--root-ca-file=${clusterCertificates(instance).authority.cert}`,
      '--use-service-account-credentials',
    ]),
    server('kube-scheduler', PORTS.scheduler, [
      ...[kubernetes, 'kube-scheduler', ...clientFlags(instance, addresses, 'kube-scheduler')],
    ]),
  ];
}

/** Without syncing to disk: nobody needs the cluster after a crash of the machine. */
function etcd(instance: Instance, { node }: ClusterAddresses): ProcessSpec {
  const client = `http://127.0.0.1:${PORTS.etcdClient}`;
  return {
    name: 'etcd',
    host: node,
    port: PORTS.etcdMetrics,
    command: [
      ...['etcd', '--unsafe-no-fsync', `--data-dir=${join(instance.data, 'etcd')}`, '--log-level=warn'],
      ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
      `--listen-peer-urls=http://127.0.0.1:${PORTS.etcdPeer}`,
      `--listen-metrics-urls=http://${node}:${PORTS.etcdMetrics}`,
    ],
    cwd: instance.folder,
    environment: environmentOf(instance, {}),
    stopSignal: 'SIGTERM',
    stopRank: STOP_RANK.helper,
    readiness: { kind: 'http', url: `http://${node}:${PORTS.etcdMetrics}/health` },
  };
}

/** A part that says over HTTPS whether it is ready. */
function serverOf(instance: Instance, { node }: ClusterAddresses) {
  return (name: string, port: number, command: readonly string[]): ProcessSpec => ({
    name,
    host: node,
    port,
    command,
    cwd: instance.folder,
    environment: environmentOf(instance, {}),
    stopSignal: 'SIGTERM',
    stopRank: STOP_RANK.store,
    readiness: {
      kind: 'https',
      url: `https://${node}:${port}${port === PORTS.api ? '/readyz' : '/healthz'}`,
      caFile: clusterCertificates(instance).authority.cert,
    },
  });
}

function apiFlags(instance: Instance, addresses: ClusterAddresses): readonly string[] {
  const { authority, apiClient, tokenKey } = clusterCertificates(instance);
  return [
    ...[...servingFlags(instance, addresses), `--secure-port=${PORTS.api}`, `--advertise-address=${addresses.node}`],
    `--etcd-servers=http://127.0.0.1:${PORTS.etcdClient}`,
    `--service-cluster-ip-range=${addresses.services}`,
    ...['--authorization-mode=Node,RBAC', '--enable-admission-plugins=NodeRestriction', '--allow-privileged'],
    ...[`--client-ca-file=${authority.cert}`, `--token-auth-file=${tokenFile(instance)}`],
    ...[`--service-account-issuer=${ISSUER}`, `--service-account-signing-key-file=${tokenKey}`],
    `--service-account-key-file=${tokenKey}`,
    ...[`--kubelet-client-certificate=${apiClient.cert}`, `--kubelet-client-key=${apiClient.key}`],
    `--kubelet-certificate-authority=${authority.cert}`,
    // By its name nobody would find the node.
    '--kubelet-preferred-address-types=InternalIP',
    ...['--profiling=false', '--shutdown-delay-duration=0s'],
  ];
}

function clientFlags(instance: Instance, addresses: ClusterAddresses, user: ClusterUser): readonly string[] {
  const kubeconfig = kubeconfigFile(instance, user);
  return [
    ...servingFlags(instance, addresses),
    ...['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map((flag) => `--${flag}=${kubeconfig}`),
    ...['--leader-elect=false', '--profiling=false'],
  ];
}

function servingFlags(instance: Instance, { node }: ClusterAddresses): readonly string[] {
  const { server } = clusterCertificates(instance);
  return [`--bind-address=${node}`, `--tls-cert-file=${server.cert}`, `--tls-private-key-file=${server.key}`];
}
