// The configuration file of one service: its type, its schema and how it is read. Unknown keys are refused.

import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { type DefectSettings, defectsSchema } from './defects.ts';

export const SERVICES = ['shopping', 'orders-api', 'orders-saga', 'inventory', 'payments', 'fulfillment'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface DatabaseConfig extends Address {
  readonly database: string;
  readonly user: string;
  readonly passwordFile: string;
}

export interface ServiceConfig {
  readonly service: ServiceName;
  /** Name of the testbed that the process belongs to; stands in its log lines and connection names. */
  readonly instance: string;
  readonly listen: Address;
  /** All nodes of the cluster; a lost connection goes on to the next. */
  readonly brokers: readonly Address[];
  readonly brokerVhost: string;
  readonly brokerUser: string;
  readonly brokerPasswordFile: string;
  readonly database: DatabaseConfig;
  /** Connections that this process may hold open. */
  readonly databasePoolSize: number;
  /** Unacknowledged messages that the broker may have with this process, per queue. */
  readonly prefetch: number;
  /** Base URL of orders-api, without trailing slash; needed by `shopping` only, which registers its checkouts there. */
  readonly ordersUrl?: string;
  /** Planted defects by name; see defects.ts. */
  readonly defects: DefectSettings;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

const text = { type: 'string', minLength: 1 } as const;
const count = { type: 'integer', minimum: 1 } as const;
const address = { host: text, port: { type: 'integer', minimum: 1, maximum: 65_535 } } as const;

const schema = {
  type: 'object',
  additionalProperties: false,
  required: [
    ...['service', 'instance', 'listen', 'brokers', 'brokerVhost', 'brokerUser', 'brokerPasswordFile'],
    ...['database', 'databasePoolSize', 'prefetch', 'defects', 'logLevel'],
  ],
  properties: {
    service: { enum: SERVICES },
    instance: text,
    listen: { type: 'object', additionalProperties: false, required: ['host', 'port'], properties: address },
    brokers: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', additionalProperties: false, required: ['host', 'port'], properties: address },
    },
    brokerVhost: text,
    brokerUser: text,
    brokerPasswordFile: text,
    database: {
      type: 'object',
      additionalProperties: false,
      required: ['host', 'port', 'database', 'user', 'passwordFile'],
      properties: { ...address, database: text, user: text, passwordFile: text },
    },
    databasePoolSize: count,
    prefetch: count,
    ordersUrl: { type: 'string', pattern: '^https?://[^/]+$' },
    defects: defectsSchema,
    logLevel: { enum: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] },
  },
  if: { properties: { service: { const: 'shopping' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['ordersUrl'] },
};

const ajv = new Ajv({ allErrors: true, strictRequired: false });
const isServiceConfig = ajv.compile<ServiceConfig>(schema);

/** Checks parsed JSON against the schema. Throws an Error that names every wrong key. */
export function parseConfig(value: unknown): ServiceConfig {
  if (isServiceConfig(value)) return value;
  const wrong = (isServiceConfig.errors ?? []).map((error) => {
    const { additionalProperty } = error.params as { additionalProperty?: string };
    return `${error.instancePath || '/'} ${error.message}${additionalProperty ? ` (${additionalProperty})` : ''}`;
  });
  throw new Error(`configuration is wrong: ${wrong.join('; ')}`);
}

/** Reads the file that `ORDER_SYSTEM_CONFIG` names. Throws when the variable, the file or its content is wrong. */
export async function loadConfig(environment: NodeJS.ProcessEnv): Promise<ServiceConfig> {
  const path = environment.ORDER_SYSTEM_CONFIG;
  if (!path) throw new Error('ORDER_SYSTEM_CONFIG must name the configuration file of the service');
  return parseConfig(JSON.parse(await readFile(path, 'utf8')));
}

/** A password file holds the password alone; a trailing line break is not part of it. */
export async function readPassword(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).trimEnd();
}
