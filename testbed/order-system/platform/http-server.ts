// The HTTP side that all services share: strict validation, health, metrics, and errors that say whether to try again.

import { type FastifyError, type FastifyInstance, fastify } from 'fastify';
import type { Logger } from 'pino';
import { isTransient } from './database.ts';
import { type ReadinessCheck, reasonsAgainst } from './health.ts';
import { HttpError } from './http-error.ts';
import type { ServiceMetrics } from './metrics.ts';

export interface HttpParts {
  readonly metrics: ServiceMetrics;
  readonly log: Logger;
  readonly checks: readonly ReadinessCheck[];
}

/** A server with the shared routes; the caller adds its own and lets it listen. */
export function createHttpServer(parts: HttpParts): FastifyInstance {
  const app = fastify({
    // Closing answers what is in hand and drops connections that wait for nothing.
    forceCloseConnections: 'idle',
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  acceptEmptyJson(app);
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
    parts.metrics.http.observe(labels, reply.elapsedTime / 1000);
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) parts.log.error({ route: request.routeOptions.url, error: String(error) }, 'request failed');
    return reply.code(status).send({ error: error.message });
  });
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_, reply) => {
    const reasons = await reasonsAgainst(parts.checks);
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });
  app.get('/metrics', async (_, reply) =>
    reply.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics()),
  );
  return app;
}

/** Many clients announce JSON on every POST, also on one without a body. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parseJson(request, body as string, done);
  });
}

function statusOf(error: FastifyError): number {
  if (error instanceof HttpError) return error.status;
  if (isTransient(error)) return 503;
  return error.statusCode ?? 500;
}
