// Where the programs of RabbitMQ and PostgreSQL are on this machine. Installing them is the set-up's work (scripts/setup).

import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findOnPath, isExecutable, type SearchPlace, searchPath } from '../lib/machine/find-on-path.ts';
import { typed } from '../lib/machine/typed.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import type { BrokerSeries } from './broker/broker-series.ts';
import { BROKER_ADVICE, brokerRefusal } from './broker/broker-version.ts';
import { findRabbitmq, type RabbitmqBinaries } from './broker/find-rabbitmq.ts';
import { list, pick } from './list-folder.ts';

export interface ServerBinaries {
  /** Folder of the programs. */
  readonly folder: string;
  /** As the maker counts it, e.g. `15`. */
  readonly version: string;
}

export interface Binaries {
  readonly rabbitmq: RabbitmqBinaries;
  readonly postgresql: ServerBinaries;
}

/** Where to look. */
export interface Machine extends SearchPlace {
  /** Root needs tools for network namespaces and to drop its rights. */
  readonly isRoot: boolean;
}

export interface Findings {
  readonly found: Partial<Binaries>;
  /** Packages of Debian and Ubuntu that hold what was not found. A RabbitMQ of a wanted series is none: it is fetched. */
  readonly missing: readonly string[];
}

const TOOLS_OF_ROOT = { ip: 'iproute2', nsenter: 'util-linux', setpriv: 'util-linux' };

export function thisMachine(): Machine {
  return { root: '/', path: searchPath(), isRoot: process.getuid?.() === 0 };
}

/** What was found, and the packages of what was not. */
export function findBinaries(machine: Machine = thisMachine(), series?: BrokerSeries): Findings {
  const rabbitmq = findRabbitmq(machine, series);
  const postgresql = findPostgresql(machine);
  const tools = machine.isRoot ? Object.entries(TOOLS_OF_ROOT) : [];
  const missing = [
    ...(rabbitmq || series ? [] : ['rabbitmq-server']),
    ...(postgresql ? [] : ['postgresql']),
    ...tools.filter(([tool]) => findOnPath(tool, machine) === undefined).map(([, name]) => name),
  ];
  return {
    found: { ...(rabbitmq && { rabbitmq }), ...(postgresql && { postgresql }) },
    missing: [...new Set(missing)],
  };
}

/** All that a testbed needs. Throws a StampedeError (69) that names the packages of what is missing, or a RabbitMQ that will not do. */
export function requireBinaries(machine: Machine = thisMachine(), series?: BrokerSeries): Binaries {
  const { found, missing } = findBinaries(machine, series);
  const { rabbitmq, postgresql } = found;
  if (rabbitmq) refuseBroker(rabbitmq);
  if (rabbitmq && postgresql && missing.length === 0) return { rabbitmq, postgresql };
  if (missing.length === 0) throw notFetched(series);
  throw new StampedeError(`the testbed needs programs that are not on this machine: ${missing.join(', ')}`, {
    exitCode: EXIT.unavailable,
    hint: `On Debian or Ubuntu: apt-get install ${missing.join(' ')}`,
  });
}

function notFetched(series: BrokerSeries | undefined): StampedeError {
  return new StampedeError(`there is no RabbitMQ ${series} on this machine`, {
    exitCode: EXIT.unavailable,
    hint: `${typed(`up --rabbitmq ${series}`)} fetches it.`,
  });
}

function refuseBroker({ version, folder }: RabbitmqBinaries): void {
  const refusal = brokerRefusal(version);
  if (refusal === null) return;
  throw new StampedeError(`the testbed cannot use RabbitMQ ${version} (${folder}): ${refusal}`, {
    exitCode: EXIT.unavailable,
    hint: BROKER_ADVICE,
  });
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
