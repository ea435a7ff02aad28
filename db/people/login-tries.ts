import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { toInstant } from '../instants.ts';
import { hashedSubject } from '../rate-limits.ts';
import { query, run, sql } from '../sql.ts';

const LOCK = sql.lit(`${5 * 60} seconds`);

const count = (subjects: string[], most: number) => sql`
  insert into login_tries as t (subject, tries, last_at) select s, 1, now() from unnest(${subjects}::text[]) as s order by s
  on conflict (subject) do update set
    tries = case when t.last_at < now() - interval ${LOCK} then 1 else least(t.tries + 1, ${most + 1}) end,
    last_at = case when t.tries >= ${most} and t.last_at >= now() - interval ${LOCK} then t.last_at else now() end
  returning subject, tries, ceil(extract(epoch from last_at + interval ${LOCK} - now()))::int as wait`;

/**
 * Of whom tries are counted: one person of one account, an address that nobody has, or where the
 * tries come from.
 */
export type TriedKind = 'contact' | 'admin' | 'code' | 'nobody' | 'ip';

export const trySubject = (kind: TriedKind, whose: string): string => hashedSubject(`login:${kind}`, whose);

/** `waitSeconds` 0 = may go on. */
export type LoginTry = { subject: string; tries: number; waitSeconds: number };

/**
 * Counts a try of each subject before a password is looked at, so that many at once gain nothing
 * [R14.3]. After `most` in a row a subject has to wait for five minutes.
 */
export async function countLoginTries(em: EntityManager, subjects: string[], most: number): Promise<LoginTry[]> {
  const rows = await query<{ subject: string; tries: number; wait: number }>(em, count(subjects, most));
  return rows.map(({ subject, tries, wait }) => ({
    subject,
    tries,
    waitSeconds: tries > most ? Math.max(1, wait) : 0,
  }));
}

/** Somebody has shown in another way who they are. */
export async function forgetTriesOf(em: EntityManager, subjects: string[]): Promise<void> {
  await run(em, sql`delete from login_tries where subject = any(${subjects}::text[])`);
}

/** So many wrong passwords in a row are allowed before one has to wait. */
export const MOST_OF_ONE = 5;

/** The lock that one of these subjects is under, the longest; null = none is. */
export async function lockOf(
  em: EntityManager,
  subjects: string[],
): Promise<{ since: Instant; until: Instant } | null> {
  const [row] = await query<{ since: string; until: string }>(
    em,
    sql`select last_at as since, last_at + interval ${LOCK} as until from login_tries
     where subject = any(${subjects}::text[]) and tries >= ${MOST_OF_ONE} and last_at > now() - interval ${LOCK}
     order by last_at desc limit 1`,
  );
  return row ? { since: toInstant(row.since), until: toInstant(row.until) } : null;
}

/**
 * Nothing is held against those whose password was right; where it came from, the try just does not
 * count.
 */
export async function forgetLoginTries(em: EntityManager, subjects: string[], from: string): Promise<void> {
  await run(
    em,
    sql`delete from login_tries where subject = any(${subjects}::text[]) or last_at < now() - interval '1 day'`,
  );
  await run(em, sql`update login_tries set tries = greatest(tries - 1, 0) where subject = ${from}`);
}
