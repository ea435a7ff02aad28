import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, register } from 'prom-client';

export type Health = {
  /** What the worker still waits for, in words; null = it works. */
  waitsFor(reason: string | null): void;
  close(): Promise<void>;
};

/** `beforeScrape`: reads what is told to Prometheus. */
type At = { host: string; port: number; metricsPort: number; beforeScrape: () => Promise<void> };

/**
 * `/healthz`: the process lives; `/readyz`: it takes work, or says what it waits for; `/metrics`
 * for Prometheus, on a port of its own.
 */
export async function serveHealth({ host, port, metricsPort, beforeScrape }: At): Promise<Health> {
  let waiting: string | null = 'starting';
  const server = createServer({ headersTimeout: 30_000, requestTimeout: 30_000 }, (request, response) => {
    const answer = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    if (request.url === '/healthz') return answer(200, 'application/json', '{"status":"ok"}');
    if (request.url === '/readyz') {
      return answer(waiting === null ? 200 : 503, 'application/json', JSON.stringify({ status: waiting ?? 'ready' }));
    }
    return answer(404, 'text/plain', 'not found');
  });
  server.listen(port, host);
  const scraped = metricsServer(beforeScrape).listen(metricsPort, host);
  await Promise.all([once(server, 'listening'), once(scraped, 'listening')]);
  return {
    waitsFor: (reason) => {
      waiting = reason;
    },
    async close() {
      await Promise.all([server, scraped].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };
}

function metricsServer(beforeScrape: () => Promise<void>): Server {
  collectDefaultMetrics();
  return createServer({ headersTimeout: 30_000, requestTimeout: 30_000 }, (request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end('not found');
    return beforeScrape()
      .then(() => register.metrics())
      .then((metrics) => response.writeHead(200, { 'content-type': register.contentType }).end(metrics));
  });
}
