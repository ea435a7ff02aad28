import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

/**
 * Runs a statement that Postgres plans once per connection instead of each time. It is for the few
 * statements that everything passes through and whose text is always the same. Parameters are `$1`,
 * `$2`, ... in its text. Rows come as from `em.execute`, in whose transaction it runs.
 */
export async function prepared<Row>(em: EntityManager, text: string, params: readonly unknown[]): Promise<Row[]> {
  const { rows } = await em.getKysely().executeQuery<Row>(CompiledQuery.raw(text, [...params]));
  return rows;
}
