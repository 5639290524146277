// The services of the order system as objects of Kubernetes: a Deployment and a Service for each, their configuration, their migration.

import type { KubernetesObject, V1Container, V1Deployment, V1Job, V1PodSpec } from '@kubernetes/client-node';
import { BROKER_USER, BROKER_VHOST } from '../../broker/broker-config.ts';
import { ORDERS_DATABASE, ORDERS_ROLE } from '../../database/database-config.ts';
import { SERVICE_NAMES, type ServiceName } from '../../network/address-plan.ts';
import { DATABASE_POOL_SIZE, HEAP_LIMIT_MB, PREFETCH_MESSAGES } from '../../services/service-processes.ts';
import { ORDER_SYSTEM_IMAGE } from '../images/image-names.ts';
import {
  BROKER_PODS,
  BROKER_PORTS,
  brokerHost,
  DATABASE_PORT,
  DATABASE_WORKLOAD,
  NAME_LABEL,
  PLATFORM_NAMESPACE,
} from './platform-names.ts';

export const SERVICE_PORTS: Readonly<Record<ServiceName, number>> = {
  shopping: 5236,
  'orders-api': 5231,
  'orders-saga': 5241,
  inventory: 5233,
  payments: 5234,
  fulfillment: 5235,
};

/** Two of each that an experiment strikes, so that one can be missed. */
const REPLICAS: Readonly<Record<ServiceName, number>> = {
  shopping: 2,
  'orders-api': 2,
  'orders-saga': 2,
  inventory: 1,
  payments: 2,
  fulfillment: 1,
};

const CONFIG_FOLDER = '/etc/order-system';
const SECRETS_FOLDER = '/etc/order-system-secrets';
export const MIGRATION = 'migrate';

/** What the services and their migration read. */
export function serviceConfiguration(instance: string): KubernetesObject & { readonly data: Record<string, string> } {
  const files = SERVICE_NAMES.map((service) => [
    `${service}.json`,
    JSON.stringify(configOf(service, instance), null, 2),
  ]);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'order-system', namespace: PLATFORM_NAMESPACE },
    data: Object.fromEntries(files),
  };
}

/** The migration, once; broker and database must be ready. */
export function migrationJob(): V1Job {
  const environment = {
    ORDER_SYSTEM_CONFIG: `${CONFIG_FOLDER}/orders-api.json`,
    READER_PASSWORD_FILE: `${SECRETS_FOLDER}/database-reader`,
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: MIGRATION, namespace: PLATFORM_NAMESPACE },
    spec: {
      backoffLimit: 3,
      template: {
        metadata: { labels: labelsOf(MIGRATION) },
        spec: { ...podOf(containerOf(MIGRATION, 'migrate.mjs', environment)), restartPolicy: 'Never' },
      },
    },
  };
}

/** All six, each with the name by which the others reach it, and with the promise that not all of its pods are taken away at once. */
export function serviceObjects(): readonly KubernetesObject[] {
  return SERVICE_NAMES.flatMap((service) => [deploymentOf(service), serviceOf(service), ...budgetOf(service)]);
}

function configOf(service: ServiceName, instance: string) {
  return {
    service,
    instance,
    listen: { host: '0.0.0.0', port: SERVICE_PORTS[service] },
    brokers: BROKER_PODS.map((pod) => ({ host: brokerHost(pod), port: BROKER_PORTS.amqp })),
    brokerVhost: BROKER_VHOST,
    brokerUser: BROKER_USER,
    brokerPasswordFile: `${SECRETS_FOLDER}/broker-orders`,
    database: {
      host: DATABASE_WORKLOAD,
      port: DATABASE_PORT,
      database: ORDERS_DATABASE,
      user: ORDERS_ROLE,
      passwordFile: `${SECRETS_FOLDER}/database-orders`,
    },
    databasePoolSize: DATABASE_POOL_SIZE,
    prefetch: PREFETCH_MESSAGES,
    ...(service === 'shopping' && { ordersUrl: `http://orders-api:${SERVICE_PORTS['orders-api']}` }),
    defects: {},
    logLevel: 'info',
  };
}

function deploymentOf(service: ServiceName): V1Deployment {
  const environment = { NODE_ENV: 'production', ORDER_SYSTEM_CONFIG: `${CONFIG_FOLDER}/${service}.json` };
  const asks = (path: string) => ({ httpGet: { path, port: 'http' }, timeoutSeconds: 3 });
  const container: V1Container = {
    ...containerOf(service, 'main.mjs', environment),
    ports: [{ name: 'http', containerPort: SERVICE_PORTS[service] }],
    readinessProbe: { ...asks('/health/ready'), periodSeconds: 2, failureThreshold: 3 },
    livenessProbe: { ...asks('/health/live'), initialDelaySeconds: 20, periodSeconds: 10, failureThreshold: 6 },
    resources: { requests: { cpu: '50m', memory: '96Mi' }, limits: { memory: '512Mi' } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: service, namespace: PLATFORM_NAMESPACE, labels: labelsOf(service) },
    spec: {
      replicas: REPLICAS[service],
      selector: { matchLabels: { [NAME_LABEL]: service } },
      template: { metadata: { labels: labelsOf(service) }, spec: podOf(container) },
    },
  };
}

function serviceOf(service: ServiceName): KubernetesObject {
  const spec = { selector: { [NAME_LABEL]: service }, ports: [{ name: 'http', port: SERVICE_PORTS[service] }] };
  const metadata = { name: service, namespace: PLATFORM_NAMESPACE };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec } as KubernetesObject;
}

function budgetOf(service: ServiceName): readonly KubernetesObject[] {
  if (REPLICAS[service] === 1) return [];
  const spec = { minAvailable: 1, selector: { matchLabels: { [NAME_LABEL]: service } } };
  const metadata = { name: service, namespace: PLATFORM_NAMESPACE };
  return [{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec } as KubernetesObject];
}

function containerOf(name: string, program: string, environment: Readonly<Record<string, string>>): V1Container {
  return {
    name,
    image: ORDER_SYSTEM_IMAGE,
    imagePullPolicy: 'Never',
    args: [`--max-old-space-size=${HEAP_LIMIT_MB}`, `/order-system/${program}`],
    env: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_FOLDER },
      { name: 'secrets', mountPath: SECRETS_FOLDER },
    ],
  };
}

function podOf(container: V1Container): V1PodSpec {
  return {
    automountServiceAccountToken: false,
    containers: [container],
    volumes: [
      { name: 'config', configMap: { name: 'order-system' } },
      { name: 'secrets', secret: { secretName: 'platform-secrets' } },
    ],
  };
}

function labelsOf(name: string): Record<string, string> {
  return {
    [NAME_LABEL]: name,
    'app.kubernetes.io/component': 'service',
    'app.kubernetes.io/part-of': 'order-platform',
  };
}
