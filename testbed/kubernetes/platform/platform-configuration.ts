// What the platform's pods read: passwords and keys as Secrets, configuration as ConfigMaps, and the volumes that outlive pods.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject, V1ConfigMap, V1PersistentVolume, V1Secret } from '@kubernetes/client-node';
import { brokerConfigText, brokerDefinitions, ENABLED_PLUGINS } from '../../broker/broker-config.ts';
import { databaseConfigText } from '../../database/database-config.ts';
import type { Instance } from '../../instance.ts';
import { erlangHome, SECRET_NAMES, type Secrets } from '../../secrets.ts';
import { clusterFiles } from '../cluster-instance.ts';
import { BROKER_PODS, BROKER_PORTS, brokerHost, DATABASE_PORT, PLATFORM_NAMESPACE } from './platform-names.ts';
import { serviceConfiguration } from './services.ts';

const ALL_ADDRESSES = '0.0.0.0';

export async function platformConfiguration(
  instance: Instance,
  secrets: Secrets,
): Promise<readonly KubernetesObject[]> {
  const cookie = await readFile(join(erlangHome(instance), '.erlang.cookie'), 'utf8');
  return [
    secret('platform-secrets', Object.fromEntries(SECRET_NAMES.map((name) => [name, secrets[name]]))),
    secret('rabbitmq-cookie', { '.erlang.cookie': cookie }),
    secret('rabbitmq-definitions', { 'definitions.json': brokerDefinitions(secrets) }),
    configMap('rabbitmq-config', { ...brokerConfigs(instance), enabled_plugins: ENABLED_PLUGINS }),
    configMap('database-config', {
      'postgresql.conf': databaseConfigText('*', DATABASE_PORT),
      // A password for everybody; the node's network alone leads here.
      'pg_hba.conf': 'host all all all scram-sha-256\n',
    }),
    serviceConfiguration(instance.name),
    ...BROKER_PODS.map((pod) => volume(instance, pod, 'stampede-rabbitmq')),
    volume(instance, 'database', 'stampede-database'),
  ];
}

/** A file for each pod: the first founds the cluster, the others join it. */
function brokerConfigs({ name: instance }: Instance): Record<string, string> {
  const nodes = BROKER_PODS.map((pod) => `rabbit@${brokerHost(pod)}`);
  const definitionsFile = '/etc/rabbitmq-definitions/definitions.json';
  const common = { instance, host: ALL_ADDRESSES, ports: BROKER_PORTS, nodes, definitionsFile };
  const files = BROKER_PODS.map((pod) => [
    `${pod}.conf`,
    brokerConfigText({ ...common, self: `rabbit@${brokerHost(pod)}` }),
  ]);
  return Object.fromEntries(files);
}

function secret(name: string, stringData: Record<string, string>): V1Secret {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: PLATFORM_NAMESPACE }, stringData };
}

function configMap(name: string, data: Record<string, string>): V1ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: PLATFORM_NAMESPACE }, data };
}

/** A folder of the machine: a pod that is killed finds its data again, as it would on a disk of a cloud. */
function volume(instance: Instance, name: string, storageClassName: string): V1PersistentVolume {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName,
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: join(clusterFiles(instance).volumes, name), type: 'DirectoryOrCreate' },
    },
  };
}
