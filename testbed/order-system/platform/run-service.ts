// Runs one service: database, broker, relay, consumers and HTTP are put together here, and taken apart in order.

import type { Logger } from 'pino';
import type { ServiceConfig } from '../config.ts';
import { Defects } from '../defects.ts';
import { createService } from '../service.ts';
import { openDatabase } from './database.ts';
import { databaseCheck } from './health.ts';
import { createHttpServer } from './http-server.ts';
import { type Messaging, openMessaging } from './messaging.ts';
import { createMetrics } from './metrics.ts';

/** Resolves when the service listens; gives the function that stops it gracefully. */
export async function runService(config: ServiceConfig, log: Logger): Promise<() => Promise<void>> {
  const defects = new Defects(config.defects);
  const leaky = defects.hits('leaky-connections', config.service);
  const name = `${config.instance}/${config.service}`;
  const database = await openDatabase(config.database, config.databasePoolSize, name, { leaky });
  const metrics = createMetrics(config.service);
  let publish: Messaging['publish'] = () => undefined;
  const service = createService[config.service]({
    config,
    database,
    defects,
    publish: (messages) => publish(messages),
  });
  const messaging = await openMessaging(service, { config, database, defects, metrics, log });
  publish = messaging.publish;
  const http = createHttpServer({ metrics, log, checks: [databaseCheck(database), ...messaging.checks] });
  service.routes?.(http);
  await http.listen({ host: config.listen.host, port: config.listen.port });
  log.info({ listen: config.listen, defects: Object.keys(config.defects) }, 'service runs');
  return async () => {
    // No new work first, then what is in hand, then what it left in the outbox, then the connections.
    await http.close();
    await messaging.close();
    await service.close?.();
    await database.close();
  };
}
