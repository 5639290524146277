// Removes an instance from the machine: processes, namespaces, shared memory, mounts, files. Finds all that is left, whatever made or broke it.

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { typed } from '../lib/machine/typed.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import { removeSharedMemory } from './database/shared-memory.ts';
import { mountsOf, unmountAll } from './disk/small-disk.ts';
import type { Instance } from './instance.ts';
import { destroyNamespaces, linkExists, namespacesOf } from './network/namespaces.ts';
import { processesOf } from './processes/leftover-processes.ts';
import { holdsWithin } from './processes/poll.ts';
import { isAlive } from './processes/process-identity.ts';
import { send, terminate } from './processes/terminate.ts';
import { stopAllProcesses, supervisorState } from './supervisor/control-client.ts';
import { readState } from './supervisor/process-state.ts';

/** How long processes without a supervisor may take to stop before they are killed. */
const ORPHAN_GRACE_MS = 2500;
const LEAVE_DEADLINE_MS = 1000;

/** What of an instance is on this machine, in words; empty when nothing is. */
export function remainsOf(instance: Instance): readonly string[] {
  const files = [instance.folder, instance.databaseFolder].filter((path) => existsSync(path));
  return [
    ...processesOf(instance).map(({ pid }) => `process ${pid}`),
    ...namespacesOf(instance).map((name) => `network namespace ${name}`),
    ...(linkExists(instance) ? ['network link'] : []),
    ...mountsOf(instance).map((folder) => `mount ${folder}`),
    ...files,
  ];
}

/** Leaves nothing of the instance on the machine. Throws a StampedeError (69) that names what could not be removed. */
export async function cleanUp(instance: Instance): Promise<void> {
  await stopSupervised(instance);
  await terminate(processesOf(instance), ORPHAN_GRACE_MS);
  await removeSharedMemory(instance);
  await destroyNamespaces(instance);
  await unmountAll(instance);
  await removeFiles(instance);
  const remains = remainsOf(instance);
  if (remains.length === 0) return;
  throw new StampedeError(`testbed ${instance.name} could not be removed wholly: ${remains.join(', ')}`, {
    exitCode: EXIT.unavailable,
    hint: `As the user who has started it: ${typed('down', instance.name)}`,
  });
}

/** The proper way, as long as there is a supervisor. Afterwards there is none, so nothing is restarted behind our back. */
export async function stopSupervised(instance: Instance): Promise<void> {
  const supervisor = readState(instance.stateFile)?.supervisor;
  if (supervisor === undefined || !isAlive(supervisor)) return;
  try {
    // A supervisor that hangs is found out here, and not by waiting as long as a proper stop may take.
    await supervisorState(instance);
    await stopAllProcesses(instance);
  } catch {
    // It is killed, and its processes are stopped without it.
  }
  if (await holdsWithin(LEAVE_DEADLINE_MS, () => !isAlive(supervisor))) return;
  send(supervisor.pid, 'SIGKILL');
  await holdsWithin(LEAVE_DEADLINE_MS, () => !isAlive(supervisor));
}

async function removeFiles(instance: Instance): Promise<void> {
  for (const folder of [instance.databaseFolder, instance.folder]) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
