// A RabbitMQ node of a test's own, with its own port mapper, on a loopback address of its own.

import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from 'rabbitmq-client';
import { Child } from './child.ts';
import { poll } from './poll.ts';

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const START_LIMIT_MS = 60_000;

export interface ThrowawayBroker {
  readonly host: string;
  readonly passwordFile: string;
  /** A connection for the test itself. */
  readonly connection: Connection;
  /** Stops the node, and with it every connection. */
  halt(): Promise<void>;
  /** Stops the node in the middle of everything; it neither reads nor answers. */
  freeze(): void;
  /** kill -9 of the node, frozen or not. */
  crash(): Promise<void>;
  /** Starts the node again on the same data. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export async function startBroker(folder: string, host: string): Promise<ThrowawayBroker> {
  const passwordFile = join(folder, 'broker-password');
  await writeFile(passwordFile, 'a-test-password');
  const env = await nodeEnvironment(folder, host);
  const epmd = new Child('epmd', ['-address', host, '-port', env.ERL_EPMD_PORT], { logFile: join(folder, 'epmd.log') });
  const start = () => new Child(SERVER, [], { env, logFile: join(folder, 'rabbitmq.log') });
  let node = start();
  const connection = new Connection({
    hostname: host,
    username: 'orders',
    password: 'a-test-password',
    noDelay: true,
    retryLow: 200,
    retryHigh: 500,
    acquireTimeout: START_LIMIT_MS,
  });
  connection.on('error', () => undefined);
  await connection.onConnect(START_LIMIT_MS, true);
  return {
    host,
    passwordFile,
    connection,
    halt: async () => {
      await node.stop();
    },
    freeze: () => process.kill(serverOf(host), 'SIGSTOP'),
    crash: async () => {
      process.kill(serverOf(host), 'SIGKILL');
      await node.ended();
    },
    resume: async () => {
      node = start();
      await poll('RabbitMQ is back', async () => connection.ready, START_LIMIT_MS);
    },
    stop: async () => {
      connection.unsafeDestroy();
      await node.stop();
      await epmd.stop();
    },
  };
}

/** The Erlang virtual machine; the script that started it waits for it. */
function serverOf(host: string): number {
  const pid = readdirSync('/proc').find((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      return /beam/.test(command.split('\0')[0] ?? '') && command.includes(`{${host.replaceAll('.', ',')}}`);
    } catch {
      return false;
    }
  });
  if (pid === undefined) throw new Error(`no RabbitMQ runs at ${host}`);
  return Number(pid);
}

async function nodeEnvironment(folder: string, host: string) {
  const base = join(folder, 'rabbitmq');
  await mkdir(base);
  const config = join(base, 'rabbitmq.conf');
  await writeFile(join(base, 'plugins'), '[].');
  await writeFile(join(base, 'environment'), '');
  await writeFile(
    config,
    [
      `listeners.tcp.1 = ${host}:5672`,
      'default_user = orders',
      'default_pass = a-test-password',
      'disk_free_limit.absolute = 50MB',
    ].join('\n'),
  );
  return {
    HOME: base,
    ERL_EPMD_PORT: String(randomInt(20_000, 60_000)),
    RABBITMQ_NODENAME: `order-system@${host}`,
    RABBITMQ_USE_LONGNAME: 'true',
    RABBITMQ_CONF_ENV_FILE: join(base, 'environment'),
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_ENABLED_PLUGINS_FILE: join(base, 'plugins'),
    RABBITMQ_MNESIA_BASE: join(base, 'data'),
    RABBITMQ_LOG_BASE: join(base, 'log'),
    RABBITMQ_PID_FILE: join(base, 'pid'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `-kernel inet_dist_use_interface {${host.replaceAll('.', ',')}} +S 1:1`,
  };
}
