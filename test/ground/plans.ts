import type pg from 'pg';
import { poolOf, type Orm } from '../../db/orm.ts';

export type Query = { text: string; values: unknown[] };

/** What was read of Postgres during `work`. */
export async function queriesOf(orm: Orm, work: () => Promise<unknown>): Promise<Query[]> {
  const seen: Query[] = [];
  const pool = poolOf(orm);
  const listen = (client: pg.PoolClient): void => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    const recording = (...given: unknown[]): unknown => {
      const [first, values] = given;
      seen.push(typeof first === 'string' ? { text: first, values: (values ?? []) as unknown[] } : (first as Query));
      return query(...given);
    };
    client.query = recording as typeof client.query;
    pool.once('release', () => void (client.query = query as typeof client.query));
  };
  pool.on('acquire', listen);
  await work();
  pool.off('acquire', listen);
  return seen.filter(({ text }) => /^\s*(\/\*.*?\*\/\s*)?(select|with)/i.test(text));
}
