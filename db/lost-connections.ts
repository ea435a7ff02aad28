import type pg from 'pg';

/**
 * Gives a connection that is lost while somebody uses it back to its pool, which then forgets it. Kysely itself keeps it for ever, since it
 * gives back only what it could commit or roll back: after as many losses as the pool has places, everybody would wait without an end.
 */
export function returnLostConnections(pool: pg.Pool): void {
  const inUse = new Set<pg.PoolClient>();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!inUse.has(client)) return;
      client.release(true);
      // Whoever had it may give it back as well.
      client.release = () => undefined;
    });
  });
}
