import { once } from 'node:events';
import { createServer } from 'node:net';

/** Where most services have theirs, and below those that a system hands out. */
const [FIRST, LAST] = [20_000, 32_000];

/**
 * As many ports as asked for that nobody listens on. Temporal's tables for Postgres keep a port in
 * a smallint, so that one above 32,767 ends its server at its start.
 */
export async function lowPorts(count: number): Promise<number[]> {
  const found: number[] = [];
  const start = FIRST + Math.floor(Math.random() * (LAST - FIRST) * 0.9);
  for (let port = start; found.length < count; port += 1) {
    if (port > LAST) throw new Error(`fewer than ${count} of the ports up to ${LAST} are free`);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  await new Promise((resolve) => server.close(resolve));
  return true;
}
