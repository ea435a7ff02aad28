/**
 * Hands each new connection to the next of several APIs, as whatever stands before them in
 * production does; it looks into none of them.
 */
import { connect, createServer } from 'node:net';

const { PORT, BEHIND = '' } = process.env;
const ports = BEHIND.split(',').map(Number);
let turn = 0;

createServer({ noDelay: true }, (client) => {
  const api = connect({ port: ports[turn++ % ports.length] ?? 0, host: '127.0.0.1', noDelay: true });
  client.pipe(api).pipe(client);
  for (const [end, other] of [
    [client, api],
    [api, client],
  ] as const)
    end.once('error', () => other.destroy()).once('close', () => other.destroy());
}).listen(Number(PORT), '127.0.0.1');
