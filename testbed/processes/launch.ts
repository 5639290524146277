// How a program of the testbed is started: in its host's namespace, as its user, with nothing but what it needs in its environment.

import { searchPath } from '../../lib/machine/find-on-path.ts';
import type { Instance } from '../instance.ts';
import type { HostName, NetworkMode } from '../network/address-plan.ts';
import { namespacePath } from '../network/namespaces.ts';

/** Stands in the environment of every process of an instance, with the instance's folder, and makes orphans known. */
export const MARK = 'STAMPEDE_TESTBED';

/** Where a program starts: its instance and its host. */
export interface Place {
  readonly instance: Instance;
  readonly mode: NetworkMode;
}

/** The command as run in the namespace of a host; on loopback, the command itself. `nsenter` replaces itself, so the pid stays. */
export function onHost(place: Place, host: HostName, command: readonly string[]): readonly string[] {
  if (place.mode === 'loopback') return command;
  return ['nsenter', `--net=${namespacePath(place.instance, host)}`, '--', ...command];
}

/** The command as run by another user when this is root; else the command itself. `setpriv` replaces itself, so the pid stays. */
export function asUser(user: string, command: readonly string[]): readonly string[] {
  if (process.getuid?.() !== 0) return command;
  return ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--', ...command];
}

/** The environment of a process of the instance: the mark, a path, one locale and time zone, and what the program wants. */
export function environmentOf(instance: Instance, own: Readonly<Record<string, string>>): Record<string, string> {
  return { [MARK]: instance.folder, PATH: searchPath(), LANG: 'C.UTF-8', TZ: 'UTC', ...own };
}
