// The images of the throwaway cluster. No registry is asked: they are made from what is on this machine and from Debian's packages.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brokerRoot } from '../../testbed/broker/broker-series.ts';
import {
  K6_IMAGE,
  ORDER_SYSTEM_IMAGE,
  PAUSE_IMAGE,
  POSTGRESQL_IMAGE,
  RABBITMQ_IMAGE,
} from '../../testbed/kubernetes/images/image-names.ts';
import type { PlatformImages } from '../../testbed/kubernetes/kubernetes.ts';
import { bundleOrderSystem } from './bundle-order-system.ts';
import { ensureDebianRoot } from './debian-root.ts';
import { ensureBroker } from './ensure-broker.ts';
import { ensurePause } from './ensure-cluster-programs.ts';
import { ensureK6 } from './ensure-k6.ts';
import { ensureImage, type ImageFile } from './image-archive.ts';

const startScript = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../testbed/kubernetes/images/${name}.sh`, import.meta.url)), 'utf8');
const DEBIAN = 'trixie';
const BROKER_SERIES = '4.0';

/** What a server does not read. */
const DISPENSABLE = ['./usr/share/doc', './usr/share/man', './usr/share/locale', './usr/share/info', './var/cache'];
/** The compiler for queries, switched off without its library; and Perl, for the scripts of packages alone. */
const DISPENSABLE_TO_POSTGRESQL = ['./usr/lib/*/libLLVM*', './usr/lib/postgresql/*/lib/bitcode', './usr/*/*/perl*'];

const PEOPLE: Readonly<Record<string, ImageFile>> = {
  'etc/passwd': { text: 'root:x:0:0::/root:/bin/sh\npostgres:x:999:999::/var/lib/postgresql:/bin/sh\n' },
  'etc/group': { text: 'root:x:0:\npostgres:x:999:\n' },
};

/** Path of the archive. */
export async function ensurePauseImage(): Promise<string> {
  const pause = await ensurePause();
  return ensureImage({
    name: PAUSE_IMAGE,
    key: keyOf(pause),
    layers: [{ files: { pause: { from: pause } } }],
    command: ['/pause'],
  });
}

export async function ensurePlatformImages(): Promise<PlatformImages> {
  return {
    rabbitmq: await rabbitmqImage(),
    postgresql: await postgresqlImage(),
    orderSystem: await orderSystemImage(),
    k6: await k6Image(),
  };
}

async function rabbitmqImage(): Promise<string> {
  await ensureBroker(BROKER_SERIES);
  const folder = brokerRoot(BROKER_SERIES);
  return ensureImage({
    name: RABBITMQ_IMAGE,
    key: readdirSync(join(folder, 'usr/lib/rabbitmq/lib')).join(),
    layers: [
      { folder, without: DISPENSABLE },
      { files: { ...PEOPLE, 'start-rabbitmq': { text: startScript('start-rabbitmq') } } },
    ],
    command: ['/bin/sh', '/start-rabbitmq'],
    // The package's own script then replaces itself by the node, which so gets the signals itself.
    environment: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', RUNNING_UNDER_SYSTEMD: 'true' },
  });
}

async function postgresqlImage(): Promise<string> {
  const folder = await ensureDebianRoot({
    name: 'postgresql',
    release: DEBIAN,
    packages: ['postgresql-17', 'util-linux'],
  });
  return ensureImage({
    name: POSTGRESQL_IMAGE,
    key: DEBIAN,
    layers: [
      { folder, without: [...DISPENSABLE, ...DISPENSABLE_TO_POSTGRESQL] },
      { files: { ...PEOPLE, 'start-postgresql': { text: startScript('start-postgresql') } } },
    ],
    command: ['/bin/sh', '/start-postgresql'],
    environment: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' },
    // Its "fast" shutdown: connections are ended, the data is written out.
    stopSignal: 'SIGINT',
  });
}

async function orderSystemImage(): Promise<string> {
  const files = await bundleOrderSystem();
  const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  const folder = await ensureDebianRoot({ name: 'node', release: DEBIAN, packages: ['libstdc++6'] });
  const inPlace = Object.entries(files).map(([name, text]) => [join('order-system', name), { text }]);
  return ensureImage({
    name: ORDER_SYSTEM_IMAGE,
    key: `${process.version} ${digest}`,
    layers: [
      { folder, without: DISPENSABLE },
      { files: { 'usr/bin/node': { from: process.execPath } } },
      { files: Object.fromEntries(inPlace) },
    ],
    command: ['/usr/bin/node'],
    environment: { PATH: '/usr/bin:/bin', TZ: 'UTC' },
  });
}

/** Static, so it needs nothing beside it. */
async function k6Image(): Promise<string> {
  const k6 = await ensureK6();
  return ensureImage({ name: K6_IMAGE, key: keyOf(k6), layers: [{ files: { k6: { from: k6 } } }], command: ['/k6'] });
}

/** A program that was built from source lies in a folder named after all that it is made of. */
function keyOf(binary: string): string {
  return basename(dirname(binary));
}
