// PostgreSQL marks a running server with a small segment of System V shared memory, which stays on the machine when the server is killed.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from '../instance.ts';
import { runCommand } from '../processes/run-command.ts';
import { databaseData } from './database-process.ts';

/** Removes the segment of a server that was killed. Call it when the server is gone and its data folder still there. */
export async function removeSharedMemory(instance: Instance): Promise<void> {
  const id = orphanedSegment(
    readIfThere(join(databaseData(instance), 'postmaster.pid')),
    readIfThere('/proc/sysvipc/shm'),
  );
  if (id !== null) await runCommand(['ipcrm', '--shmem-id', id]).catch(() => undefined);
}

/**
 * Id of the segment that postmaster.pid names (its seventh line: key and id), if the kernel's table still has it with this key, made by
 * the server's own pid. After a reboot, or when the id was given to another program, there is none. The kernel keeps a removed segment
 * for as long as a process is attached to it.
 */
export function orphanedSegment(postmasterPid: string, table: string): string | null {
  const lines = postmasterPid.split('\n');
  const pid = lines[0]?.trim();
  const [key, id] = lines[6]?.trim().split(/\s+/) ?? [];
  if (!pid || id === undefined) return null;
  const rows = table.split('\n').map((row) => row.trim().split(/\s+/));
  return rows.some(([rowKey, rowId, , , creator]) => rowKey === key && rowId === id && creator === pid) ? id : null;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
