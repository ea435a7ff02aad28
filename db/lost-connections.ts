import type pg from 'pg';

/**
 * Returns a connection that is lost in use to its pool, which then discards it. Kysely itself would
 * keep it for ever, because it releases only what it could commit or roll back. After as many
 * losses as the pool has places, everybody would wait without end.
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
