import { once } from 'node:events';
import { createServer } from 'node:http';
import { collectDefaultMetrics, register } from 'prom-client';

export type Health = {
  /** What the worker still waits for, in words; null = it works. */
  waitsFor(reason: string | null): void;
  close(): Promise<void>;
};

/** `/healthz`: the process lives; `/readyz`: it takes work, or says what it waits for; `/metrics` for Prometheus. */
export async function serveHealth({ host, port }: { host: string; port: number }): Promise<Health> {
  let waiting: string | null = 'starting';
  collectDefaultMetrics();
  const server = createServer({ headersTimeout: 30_000, requestTimeout: 30_000 }, (request, response) => {
    const answer = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    if (request.url === '/healthz') return answer(200, 'application/json', '{"status":"ok"}');
    if (request.url === '/readyz') {
      return answer(waiting === null ? 200 : 503, 'application/json', JSON.stringify({ status: waiting ?? 'ready' }));
    }
    if (request.url !== '/metrics') return answer(404, 'text/plain', 'not found');
    return register.metrics().then((metrics) => answer(200, register.contentType, metrics));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    waitsFor: (reason) => {
      waiting = reason;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
