// Runs the order system's migration: schema, seed, reader role, exchanges and queues.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { failedToStart } from '../await-ready.ts';
import type { Instance } from '../instance.ts';
import { logFile } from '../logs.ts';
import { environmentOf } from '../processes/launch.ts';
import { secretFile } from '../secrets.ts';
import { serviceConfigFile } from './service-processes.ts';

const MAIN = fileURLToPath(new URL('../order-system/migrate.ts', import.meta.url));
const NAME = 'migrate';

/** The broker must be a whole cluster before: a queue gets its replicas when it is declared. Rejects with the end of its log. */
export async function migrate(instance: Instance, signal: AbortSignal): Promise<void> {
  const log = openSync(logFile(instance, NAME), 'a', 0o600);
  const child = spawn(process.execPath, [MAIN], {
    cwd: instance.folder,
    env: environmentOf(instance, {
      ORDER_SYSTEM_CONFIG: serviceConfigFile(instance, 'orders-api'),
      READER_PASSWORD_FILE: secretFile(instance, 'database-reader'),
    }),
    stdio: ['ignore', log, log],
    signal,
    killSignal: 'SIGKILL',
  });
  closeSync(log);
  const [code, endSignal] = await once(child, 'exit');
  if (code !== 0) throw failedToStart(instance, NAME, `it ended with ${code ?? endSignal}`);
}
