import type { EntityManager } from '@mikro-orm/postgresql';
import { batch } from '../batch.ts';
import type { Orm } from '../orm.ts';
import { prepared } from '../prepared.ts';

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

/**
 * Takes up to $1 places between an instant and now, with the burst on top. $2: seconds between two
 * places. $3: places in a burst.
 */
const granted = (since: string): string =>
  `greatest(0, least($1::int, $3::int + 1 + floor(extract(epoch from now() - ${since}) / $2::float8 + 0.001)::int))`;

const FREE_AT = 'greatest(m.free_at, now())';

const TAKE = `
  insert into mail_pace as m (only_row, free_at, granted)
    values (true, now() + ${granted('now()')} * make_interval(secs => $2::float8), ${granted('now()')})
  on conflict (only_row) do update set free_at = ${FREE_AT} + ${granted(FREE_AT)} * make_interval(secs => $2::float8),
    granted = ${granted(FREE_AT)}
  returning granted`;

/** How many of those `wanted` may be sent now; they are taken then. */
async function takeTurns(em: EntityManager, perSecond: number, wanted: number): Promise<number> {
  const [taken] = await prepared<{ granted: number }>(em, TAKE, [
    wanted,
    1 / perSecond,
    Math.floor(BURST_SECONDS * perSecond),
  ]);
  return taken?.granted ?? 0;
}
