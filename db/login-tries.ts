import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Tries in a row before an address has to wait, and for how long. */
const MOST_TRIES = 5;
const LOCK_SECONDS = 5 * 60;

const subjectOf = (address: string): string => createHash('sha256').update(`login:${address}`).digest('hex');

const COUNT = `
  insert into login_tries as t (subject, tries, last_at) values (?, 1, now())
  on conflict (subject) do update set
    tries = case when t.last_at < now() - make_interval(secs => ?) then 1 else least(t.tries + 1, ?) end,
    last_at = case when t.tries >= ? and t.last_at >= now() - make_interval(secs => ?) then t.last_at else now() end
  returning tries, ceil(extract(epoch from last_at + make_interval(secs => ?) - now()))::int as wait`;

/**
 * Counts a try to log in, before its password is looked at, so that many at once gain nothing [R14.3].
 * Returns the seconds for which the address must wait; 0 = go on. An address that nobody has is treated alike.
 */
export async function countLoginTry(em: EntityManager, address: string): Promise<number> {
  const [row] = await em.execute<{ tries: number; wait: number }[]>(COUNT, [
    ...[subjectOf(address), LOCK_SECONDS, MOST_TRIES + 1, MOST_TRIES, LOCK_SECONDS, LOCK_SECONDS],
  ]);
  return row && row.tries > MOST_TRIES ? Math.max(1, row.wait) : 0;
}

/** After a right password nothing is held against the address. */
export async function forgetLoginTries(em: EntityManager, address: string): Promise<void> {
  await em.execute(`delete from login_tries where subject = ? or last_at < now() - interval '1 day'`, [
    subjectOf(address),
  ]);
}
