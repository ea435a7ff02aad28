import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { headers: IncomingHttpHeaders; rawBody: Buffer };

/**
 * A webhook endpoint that keeps what it got and answers with the next of its statuses, then 200.
 */
export async function aReceiver() {
  const received: Received[] = [];
  const statuses: number[] = [];
  let arrived: (() => void)[] = [];

  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    received.push({ headers: req.headers, rawBody: Buffer.concat(chunks) });
    res.writeHead(statuses.shift() ?? 200).end();
    for (const tell of arrived) tell();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/resend`,
    received,
    statuses,
    async hasReceived(count: number): Promise<void> {
      while (received.length < count) await new Promise<void>((tell) => (arrived = [...arrived, tell]));
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
