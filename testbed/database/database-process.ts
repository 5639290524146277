// The process of PostgreSQL.

import { join } from 'node:path';
import type { ServerBinaries } from '../binaries.ts';
import type { Instance } from '../instance.ts';
import type { AddressPlan } from '../network/address-plan.ts';
import { asUser, environmentOf, onHost, type Place } from '../processes/launch.ts';
import { secretFile } from '../secrets.ts';
import { type ProcessSpec, STOP_RANK } from '../supervisor/process-spec.ts';
import { OWNER_ROLE } from './database-config.ts';

/** User of the operating system that the server runs as when it is started by root, which it refuses to be. */
export const SYSTEM_USER = 'postgres';

export function databaseData(instance: Instance): string {
  return join(instance.databaseFolder, 'data');
}

export function databaseProcess(place: Place, addresses: AddressPlan, binaries: ServerBinaries): ProcessSpec {
  const { instance } = place;
  const server = [join(binaries.folder, 'postgres'), '-D', databaseData(instance)];
  return {
    name: 'database',
    host: addresses.hosts.database,
    port: addresses.ports.database,
    command: onHost(place, 'database', asUser(SYSTEM_USER, server)),
    cwd: instance.databaseFolder,
    environment: environmentOf(instance, {}),
    // Its "fast" shutdown: connections are ended, the data is written out.
    stopSignal: 'SIGINT',
    stopRank: STOP_RANK.store,
    readiness: {
      kind: 'sql',
      user: OWNER_ROLE,
      database: 'postgres',
      passwordFile: secretFile(instance, 'database-owner'),
    },
  };
}
