// Finds a program of the machine.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Administration tools may be off an ordinary user's PATH. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin'];

/** Full path of the program `name` on the PATH or among the system's administration tools, or undefined. */
export function findOnPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
