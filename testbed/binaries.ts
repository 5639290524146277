// Where the programs of RabbitMQ and PostgreSQL are on this machine. Installing them is the set-up's work (scripts/setup).

import { execFileSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findOnPath, isExecutable, type SearchPlace, searchPath } from '../lib/machine/find-on-path.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import { BROKER_ADVICE, brokerRefusal } from './broker/broker-version.ts';

export interface ServerBinaries {
  /** Folder of the programs. For RabbitMQ that of its own scripts: a distribution's wrappers would change user and drop the environment. */
  readonly folder: string;
  /** As the maker counts it, e.g. `3.10.8` or `15`. */
  readonly version: string;
}

export interface Binaries {
  readonly rabbitmq: ServerBinaries;
  readonly postgresql: ServerBinaries;
}

/** Where to look. */
export interface Machine extends SearchPlace {
  /** Root needs tools for network namespaces and to drop its rights. */
  readonly isRoot: boolean;
}

export interface Findings {
  readonly found: Partial<Binaries>;
  /** Packages of Debian and Ubuntu that hold what was not found. */
  readonly missing: readonly string[];
}

const TOOLS_OF_ROOT = { ip: 'iproute2', nsenter: 'util-linux', setpriv: 'util-linux' };

export function thisMachine(): Machine {
  return { root: '/', path: searchPath(), isRoot: process.getuid?.() === 0 };
}

/** What was found, and the packages of what was not. */
export function findBinaries(machine: Machine = thisMachine()): Findings {
  const rabbitmq = findRabbitmq(machine);
  const postgresql = findPostgresql(machine);
  const tools = machine.isRoot ? Object.entries(TOOLS_OF_ROOT) : [];
  const missing = [
    ...(rabbitmq ? [] : ['rabbitmq-server']),
    ...(postgresql ? [] : ['postgresql']),
    ...tools.filter(([tool]) => findOnPath(tool, machine) === undefined).map(([, name]) => name),
  ];
  return {
    found: { ...(rabbitmq && { rabbitmq }), ...(postgresql && { postgresql }) },
    missing: [...new Set(missing)],
  };
}

/** All that a testbed needs. Throws a StampedeError (69) that names the packages of what is missing, or a RabbitMQ that will not do. */
export function requireBinaries(machine: Machine = thisMachine()): Binaries {
  const { found, missing } = findBinaries(machine);
  const { rabbitmq, postgresql } = found;
  if (rabbitmq) refuseBroker(rabbitmq);
  if (rabbitmq && postgresql && missing.length === 0) return { rabbitmq, postgresql };
  throw new StampedeError(`the testbed needs programs that are not on this machine: ${missing.join(', ')}`, {
    exitCode: EXIT.unavailable,
    hint: `On Debian or Ubuntu: apt-get install ${missing.join(' ')}`,
  });
}

function refuseBroker({ version, folder }: ServerBinaries): void {
  const refusal = brokerRefusal(version);
  if (refusal === null) return;
  throw new StampedeError(`the testbed cannot use RabbitMQ ${version} (${folder}): ${refusal}`, {
    exitCode: EXIT.unavailable,
    hint: BROKER_ADVICE,
  });
}

/** The scripts of Debian's package, else those that the program on the PATH lies beside. */
function findRabbitmq(machine: Machine): ServerBinaries | undefined {
  const debian = join(machine.root, 'usr/lib/rabbitmq/bin/rabbitmq-server');
  const program = isExecutable(debian) ? debian : findOnPath('rabbitmq-server', machine);
  if (program === undefined) return undefined;
  const debianVersion = pick(list(join(machine.root, 'usr/lib/rabbitmq/lib')), /^rabbitmq_server-(\d.*)$/);
  const folder = dirname(realpathSync(program));
  const version = debianVersion ?? pick(list(join(folder, '../plugins')), /^rabbit-(\d[\d.]*\d)/);
  return version === undefined ? undefined : { folder, version };
}

/** The newest version in Debian's layout, else the one on the PATH. */
function findPostgresql(machine: Machine): ServerBinaries | undefined {
  const parent = join(machine.root, 'usr/lib/postgresql');
  const newestFirst = list(parent).sort((a, b) => Number(b) - Number(a));
  const version = newestFirst.find((each) => isExecutable(join(parent, each, 'bin/postgres')));
  if (version !== undefined) return { folder: join(parent, version, 'bin'), version };
  const program = findOnPath('postgres', machine);
  return program === undefined ? undefined : { folder: dirname(realpathSync(program)), version: askVersion(program) };
}

/** The program answers, for example, `postgres (PostgreSQL) 17.2`. */
function askVersion(program: string): string {
  return pick([execFileSync(program, ['--version'], { encoding: 'utf8' })], /(\d[\d.]*)/) ?? 'unknown';
}

function pick(texts: readonly string[], pattern: RegExp): string | undefined {
  return texts.map((text) => pattern.exec(text)?.[1]).find((match) => match !== undefined);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no such folder: not installed, or another layout
  }
}
