import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type pg from 'pg';

/**
 * Runs a statement that Postgres plans once per connection instead of each time. It is for the few
 * statements that everything passes through and whose text is always the same. Parameters are `$1`,
 * `$2`, ... in its text. Rows come as from `em.execute`, in whose transaction it runs.
 */
export async function prepared<Row>(em: EntityManager, text: string, params: readonly unknown[]): Promise<Row[]> {
  const { rows } = await em.getKysely().executeQuery<Row>(CompiledQuery.raw(text, [...params]));
  return rows;
}

type Query = (text: unknown, ...others: unknown[]) => unknown;

/**
 * Names every statement that comes with parameters, by which its plan is kept. MikroORM's own have
 * their values within, and no name.
 */
export function keepPlans(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as Query;
    const named: Query = (text, ...others) => {
      const [values] = others;
      const isPlanned = typeof text === 'string' && Array.isArray(values) && values.length > 0;
      return isPlanned ? query({ name: nameOf(text), text, values: values as unknown[] }) : query(text, ...others);
    };
    client.query = named as typeof client.query;
  });
}

const names = new Map<string, string>();

/**
 * The same text always has the same name, by which Postgres knows it within a connection (63 bytes
 * at most).
 */
function nameOf(text: string): string {
  const known = names.get(text) ?? createHash('sha256').update(text).digest('base64url');
  names.set(text, known);
  return known;
}
