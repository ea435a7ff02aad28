import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { RequestHandler } from 'express';
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Wakes } from '../activities/gateways/temporal.ts';
import type { Orm } from '../db/orm.ts';
import type { CountWebhook } from './webhooks/receive.ts';
import { run, sql } from '../db/sql.ts';
import { pathOf } from './http/traced.ts';

export type HealthDeps = { orm: Orm; wakes: Pick<Wakes, 'isReachable'> };

export const healthz: RequestHandler = (_request, response) => void response.json({ status: 'ok' });

/** Postgres is needed; Temporal is only reported, since commands are accepted without it. */
export const readyz =
  ({ orm, wakes }: HealthDeps): RequestHandler =>
  async (_request, response) => {
    const [postgres, temporal] = await Promise.all([isAnswering(orm), wakes.isReachable()]);
    response.status(postgres ? 200 : 503).json({ status: postgres ? 'ready' : 'not ready', postgres, temporal });
  };

const isAnswering = (orm: Orm): Promise<boolean> =>
  run(orm.em.fork(), sql`select 1`).then(
    () => true,
    () => false,
  );

export type Metrics = { observe: RequestHandler; countWebhook: CountWebhook; registry: Registry };

/**
 * Counts of requests by route and status, counts of webhooks by outcome, and the metrics of the
 * process.
 */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'perennial_http_requests_total',
    help: 'Answers',
    labelNames,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'perennial_http_request_seconds',
    help: 'Time to answer',
    labelNames,
    registers: [registry],
  });
  const webhooks = new Counter({
    name: 'perennial_webhooks_total',
    help: 'Webhooks by what became of them: received, foreign (of nobody here), or the code of the problem',
    labelNames: ['provider', 'outcome'] as const,
    registers: [registry],
  });
  return {
    registry,
    countWebhook: (provider, outcome) => webhooks.inc({ provider, outcome }),
    observe(request, response, next) {
      const startedAt = performance.now();
      response.on('finish', () => {
        const labels = {
          method: request.method,
          route: pathOf(request) ?? 'other',
          status: String(response.statusCode),
        };
        requests.inc(labels);
        seconds.observe(labels, (performance.now() - startedAt) / 1000);
      });
      next();
    },
  };
}

/** `/metrics` has a port of its own: not everybody who may see the pages may see the metrics. */
export async function serveMetrics(
  { registry }: Pick<Metrics, 'registry'>,
  at: { host: string; port: number },
): Promise<Server> {
  const server = createServer({ headersTimeout: 30_000, requestTimeout: 30_000 }, (request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end('not found');
    return registry
      .metrics()
      .then((metrics) => response.writeHead(200, { 'content-type': registry.contentType }).end(metrics));
  });
  server.listen(at.port, at.host);
  await once(server, 'listening');
  return server;
}
