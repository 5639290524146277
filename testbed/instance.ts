// Which testbed or cluster is meant: its name, the key in its kernel names, and where its files lie. Everything follows from the folder's path.

import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../lib/machine/cache-folder.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';

/** A platform of processes (`stampede up`), or one on a Kubernetes of its own (`stampede cluster up`). */
export type InstanceKind = 'testbed' | 'cluster';

/** One of them on this machine. `down` finds all that belongs to it from this alone, also when its state was lost. */
export interface Instance {
  readonly kind: InstanceKind;
  readonly name: string;
  /** Six hexadecimal digits of the folder's path; part of every kernel name, which may have 15 characters at most. */
  readonly key: string;
  readonly folder: string;
  /** What shall be: written once by `up`. */
  readonly planFile: string;
  /** What is: written by the supervisor alone. */
  readonly stateFile: string;
  /** The target file; written last, so a testbed without it is half made. */
  readonly targetFile: string;
  /** Unix socket of the supervisor. */
  readonly socket: string;
  readonly logs: string;
  readonly configuration: string;
  readonly secrets: string;
  readonly data: string;
  /** Data of PostgreSQL. Outside the folder as root: its unprivileged user could not pass through root's home. */
  readonly databaseFolder: string;
}

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** Longest path of a Unix socket on Linux, in bytes. */
const SOCKET_PATH_LIMIT = 107;
const CLONE = resolve(fileURLToPath(new URL('..', import.meta.url)));

/**
 * The instance of this name, or the clone's own.
 * Throws a usage error for a name that could not stand in a path, and for a path too long for a Unix socket.
 */
export function instanceOf(
  name = defaultInstanceName(CLONE),
  environment: NodeJS.ProcessEnv = process.env,
  kind: InstanceKind = 'testbed',
): Instance {
  if (!NAME.test(name)) {
    throw new StampedeError(`"${name}" cannot be the name of an instance`, {
      exitCode: EXIT.usage,
      hint: 'Use up to 40 lower-case letters, digits and hyphens, the first not a hyphen.',
    });
  }
  const folder = join(instancesFolder(kind, environment), name);
  const key = digest(folder);
  const asRoot = process.getuid?.() === 0;
  return {
    kind,
    name,
    key,
    folder,
    planFile: join(folder, 'plan.json'),
    stateFile: join(folder, 'state.json'),
    targetFile: join(folder, 'target.json'),
    socket: socketPath(folder),
    logs: join(folder, 'logs'),
    configuration: join(folder, 'configuration'),
    secrets: join(folder, 'secrets'),
    data: join(folder, 'data'),
    databaseFolder: asRoot ? `/var/lib/stampede-${name}-${key}` : join(folder, 'data', 'database'),
  };
}

/** Holds a folder per testbed of this user; need not exist yet. */
export function testbedsFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return instancesFolder('testbed', environment);
}

/** The same for clusters. */
export function clustersFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return instancesFolder('cluster', environment);
}

function instancesFolder(kind: InstanceKind, environment: NodeJS.ProcessEnv): string {
  return join(cacheFolder(environment), `${kind}s`);
}

/** Name of a clone's own instance: its folder's name and a digest of its path, so that two clones never collide. */
export function defaultInstanceName(clone: string): string {
  const slug = basename(clone)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24);
  return [slug, digest(clone)].filter((part) => part !== '').join('-');
}

function digest(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 6);
}

function socketPath(folder: string): string {
  const path = join(folder, 'control.sock');
  if (Buffer.byteLength(path) <= SOCKET_PATH_LIMIT) return path;
  throw new StampedeError(`${path} is too long for a Unix socket (${SOCKET_PATH_LIMIT} bytes)`, {
    exitCode: EXIT.usage,
    hint: 'Set STAMPEDE_HOME to a shorter path.',
  });
}
