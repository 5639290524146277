// The configuration of the node's own programs: containerd, CNI, the kubelet, kube-proxy, DNS.

import { chmod, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOnPath } from '../../../lib/machine/find-on-path.ts';
import type { Instance } from '../../instance.ts';
import { writeJson } from '../../plan.ts';
import { type ClusterAddresses, PORTS } from '../address-plan.ts';
import { clusterCertificates } from '../certificates.ts';
import { clusterFiles } from '../cluster-instance.ts';
import { kubeconfigFile } from '../credentials.ts';
import { PAUSE_IMAGE } from '../images/image-names.ts';
import { containerdConfig } from './containerd-config.ts';

const NSEXEC = fileURLToPath(new URL('nsexec.sh', import.meta.url));
const CLUSTER_DOMAIN = 'cluster.local';

export interface NodeFiles {
  readonly containerd: string;
  readonly cni: string;
  readonly kubelet: string;
  readonly kubeProxy: string;
  readonly dns: string;
  /** The nameservers of pods that take those of their node: none. */
  readonly resolver: string;
}

export function nodeFiles({ configuration }: Instance): NodeFiles {
  const named = (name: string) => join(configuration, name);
  return {
    containerd: named('containerd.toml'),
    cni: named('cni'),
    kubelet: named('kubelet.json'),
    kubeProxy: named('kube-proxy.json'),
    dns: named('Corefile'),
    resolver: named('resolv.conf'),
  };
}

/** `cgroup`: where the kubelet makes the cgroups of the pods. */
export async function writeNodeFiles(instance: Instance, addresses: ClusterAddresses, cgroup: string): Promise<void> {
  const files = nodeFiles(instance);
  await mkdir(files.cni, { recursive: true });
  await writeFile(
    files.containerd,
    containerdConfig(instance, { addresses, cniFolder: files.cni, pause: PAUSE_IMAGE }),
  );
  await writeJson(join(files.cni, '10-pods.conflist'), podNetwork(addresses));
  await writeJson(files.kubelet, kubeletConfig(instance, addresses, cgroup));
  await writeJson(files.kubeProxy, kubeProxyConfig(instance, addresses));
  await writeFile(files.dns, corefile(instance, addresses));
  await writeFile(files.resolver, '');
  await fillBin(clusterFiles(instance).bin);
}

/** What stands before the machine's own programs: nsexec, and the packet filter whose tables Chaos Mesh can read. */
async function fillBin(bin: string): Promise<void> {
  await mkdir(bin, { recursive: true });
  await copyFile(NSEXEC, join(bin, 'nsexec'));
  await chmod(join(bin, 'nsexec'), 0o755);
  for (const name of ['iptables', 'ip6tables'].flatMap((each) => [each, `${each}-save`, `${each}-restore`])) {
    const legacy = findOnPath(name.replace('tables', 'tables-legacy'));
    if (legacy !== undefined) await symlink(legacy, join(bin, name));
  }
}

function podNetwork({ pods }: ClusterAddresses) {
  return {
    cniVersion: '0.4.0',
    name: 'pods',
    plugins: [
      {
        type: 'bridge',
        bridge: 'pods',
        isGateway: true,
        // A pod that calls its own service gets its own packet back.
        hairpinMode: true,
        ipam: { type: 'host-local', ranges: [[{ subnet: pods }]], routes: [{ dst: '0.0.0.0/0' }] },
      },
    ],
  };
}

function kubeletConfig(instance: Instance, { node }: ClusterAddresses, cgroup: string) {
  const { authority, server } = clusterCertificates(instance);
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: node,
    port: PORTS.kubelet,
    healthzBindAddress: node,
    healthzPort: PORTS.kubeletHealth,
    tlsCertFile: server.cert,
    tlsPrivateKeyFile: server.key,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: authority.cert },
    },
    authorization: { mode: 'Webhook' },
    containerRuntimeEndpoint: `unix://${clusterFiles(instance).containerdSocket}`,
    clusterDomain: CLUSTER_DOMAIN,
    clusterDNS: [node],
    resolvConf: nodeFiles(instance).resolver,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: cgroup,
    enforceNodeAllocatable: [],
    failCgroupV1: false,
    failSwapOn: false,
    localStorageCapacityIsolation: false,
    // A machine that is nearly full is no reason to drive the platform away in the middle of a run.
    evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
    oomScoreAdj: 0,
    maxPods: 100,
  };
}

function kubeProxyConfig(instance: Instance, { node, pods }: ClusterAddresses) {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    clientConnection: { kubeconfig: kubeconfigFile(instance, 'kube-proxy') },
    clusterCIDR: pods,
    mode: 'iptables',
    iptables: { masqueradeAll: true },
    // The tables of connections belong to the machine.
    conntrack: { maxPerCore: 0, min: 0 },
    healthzBindAddress: `${node}:${PORTS.proxyHealth}`,
    metricsBindAddress: `${node}:${PORTS.proxyMetrics}`,
  };
}

/** Answers for services and pods, and for nothing else. */
function corefile(instance: Instance, { node }: ClusterAddresses): string {
  return [
    `.:${PORTS.dns} {`,
    `  bind ${node}`,
    '  errors',
    `  health ${node}:${PORTS.dnsHealth}`,
    `  kubernetes ${CLUSTER_DOMAIN} in-addr.arpa {`,
    `    kubeconfig ${kubeconfigFile(instance, 'dns')}`,
    '    pods insecure',
    '    ttl 5',
    '  }',
    '}',
    '',
  ].join('\n');
}
