import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands before a Stripe: hands everything on, or says to everybody that it is too busy and when to
 * come again.
 */
export type BusyStripe = {
  url: string;
  /** Where requests are handed on to. */
  target: string;
  /** Seconds after which everybody is to come again; null = it is not busy. */
  retryAfterSeconds: number | null;
  close(): Promise<void>;
};

const TOO_MANY = JSON.stringify({ error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too busy.' } });

export async function aBusyStripe(): Promise<BusyStripe> {
  const server = createServer((request, response) => {
    if (stripe.retryAfterSeconds !== null) {
      request.resume();
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': `${stripe.retryAfterSeconds}` });
      return void response.end(TOO_MANY);
    }
    const { method, url = '', headers } = request;
    const onwards = forward(new URL(url, stripe.target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    request.pipe(onwards);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stripe: BusyStripe = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: '',
    retryAfterSeconds: null,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stripe;
}
