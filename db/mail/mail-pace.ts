import type { EntityManager } from '@mikro-orm/postgresql';
import { batch } from '../batch.ts';
import type { Orm } from '../orm.ts';
import { query, sql, type Sql } from '../sql.ts';

/** How many may go at the same instant: as many as this time brings. */
const BURST_SECONDS = 0.5;
const ANY = { atOnce: Infinity, underWay: 1 };

/**
 * Asks for the right to send one email now, of so many a second over all processes; false when it
 * is not its turn.
 */
export function createTurns(orm: Orm, perSecond: number): () => Promise<boolean> {
  const ask = batch<null, boolean>(async (asking) => {
    const granted = await takeTurns(orm.em.fork(), perSecond, asking.length);
    asking.forEach(({ resolve }, index) => resolve(index < granted));
  }, ANY);
  return () => ask(null);
}

/** How many of those `wanted` may be sent now; they are taken then. */
async function takeTurns(em: EntityManager, perSecond: number, wanted: number): Promise<number> {
  const gap = sql`${1 / perSecond}::float8`;
  const burst = sql`${Math.floor(BURST_SECONDS * perSecond)}::int`;
  // As many as have their place between an instant and now, with the burst on top.
  const granted = (since: Sql): Sql =>
    sql`greatest(0, least(${wanted}::int, ${burst} + 1 + floor(extract(epoch from now() - ${since}) / ${gap} + 0.001)::int))`;
  const freeAt = sql`greatest(m.free_at, now())`;
  const [taken] = await query<{ granted: number }>(
    em,
    sql`insert into mail_pace as m (only_row, free_at, granted)
       values (true, now() + ${granted(sql`now()`)} * make_interval(secs => ${gap}), ${granted(sql`now()`)})
     on conflict (only_row) do update set free_at = ${freeAt} + ${granted(freeAt)} * make_interval(secs => ${gap}),
       granted = ${granted(freeAt)}
     returning granted`,
  );
  return taken?.granted ?? 0;
}
