// The processes of the one node: containerd, the kubelet, kube-proxy, and DNS for its pods.

import type { Instance } from '../../instance.ts';
import { environmentOf } from '../../processes/launch.ts';
import { type ProcessSpec, type ReadinessCheck, STOP_RANK } from '../../supervisor/process-spec.ts';
import { type ClusterAddresses, PORTS } from '../address-plan.ts';
import { kubeconfigFile } from '../credentials.ts';
import type { ClusterPrograms } from '../programs.ts';
import { nodeFiles } from './node-files.ts';
import { NODE_NAME } from './node-name.ts';

type NodeProcess = Pick<ProcessSpec, 'name' | 'port' | 'command' | 'stopRank'> & { readonly readyAt: string };

export function nodeProcesses(
  instance: Instance,
  addresses: ClusterAddresses,
  { kubernetes, dns }: ClusterPrograms,
): readonly ProcessSpec[] {
  const files = nodeFiles(instance);
  const made: readonly NodeProcess[] = [
    {
      name: 'containerd',
      port: PORTS.containerdMetrics,
      command: ['containerd', '--config', files.containerd],
      stopRank: STOP_RANK.store,
      readyAt: '/v1/metrics',
    },
    {
      name: 'kubelet',
      port: PORTS.kubeletHealth,
      command: [
        ...[kubernetes, 'kubelet', `--config=${files.kubelet}`, `--kubeconfig=${kubeconfigFile(instance, 'kubelet')}`],
        ...[`--hostname-override=${NODE_NAME}`, `--node-ip=${addresses.node}`],
      ],
      stopRank: STOP_RANK.service,
      readyAt: '/healthz',
    },
    {
      name: 'kube-proxy',
      port: PORTS.proxyHealth,
      command: [kubernetes, 'kube-proxy', `--config=${files.kubeProxy}`, `--hostname-override=${NODE_NAME}`],
      stopRank: STOP_RANK.service,
      readyAt: '/healthz',
    },
    {
      name: 'dns',
      port: PORTS.dnsHealth,
      command: [dns, '-conf', files.dns],
      stopRank: STOP_RANK.service,
      readyAt: '/health',
    },
  ];
  return made.map(({ readyAt, ...each }) => {
    const readiness: ReadinessCheck = { kind: 'http', url: `http://${addresses.node}:${each.port}${readyAt}` };
    const environment = environmentOf(instance, {});
    return { ...each, host: addresses.node, cwd: instance.folder, environment, stopSignal: 'SIGTERM', readiness };
  });
}
