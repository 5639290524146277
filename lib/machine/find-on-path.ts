// Finds a program of the machine.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders of programs that may be off an ordinary user's PATH. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Where to look for programs. */
export interface SearchPlace {
  /** Root of the file system. */
  readonly root: string;
  /** Folders, separated as in PATH. */
  readonly path: string;
}

/** The PATH of this process and the system's folders. */
export function searchPath(environment: NodeJS.ProcessEnv = process.env): string {
  return [environment.PATH ?? '', ...SYSTEM_FOLDERS].filter((folder) => folder !== '').join(delimiter);
}

/** Full path of the program `name`, or undefined. */
export function findOnPath(
  name: string,
  { root, path }: SearchPlace = { root: '/', path: searchPath() },
): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(root, folder, name))
    .find(isExecutable);
}

/** Whether this process may run the file; false when it is not there. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
