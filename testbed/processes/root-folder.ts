// How a program starts whose libraries are another system's: in a root folder that holds that system.

import { fileURLToPath } from 'node:url';
import type { Instance } from '../instance.ts';

const ENTER = fileURLToPath(new URL('enter-root.sh', import.meta.url));

/**
 * The command as run in a root folder, in which the instance's folder is at its usual place; without a root folder the command itself.
 * What is mounted for it is seen by nobody else and is gone with it. The pid stays: each program replaces the one before.
 */
export function inRootFolder(
  root: string | undefined,
  instance: Instance,
  command: readonly string[],
): readonly string[] {
  if (root === undefined) return command;
  const rights = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  return ['unshare', '--mount', ...rights, '--', '/bin/sh', ENTER, root, instance.folder, ...command];
}
