import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { query, sql } from './sql.ts';

/** `what` is limited for `whom`: `most` times within a window that begins with the first. */
export type RateLimited = { what: string; whom: string; most: number; windowSeconds: number };

const count = (subject: string, windowSeconds: number, most: number) => sql`
  insert into rate_limits as r (subject, hits, window_ends_at) values (${subject}, 1, now() + make_interval(secs => ${windowSeconds}))
  on conflict (subject) do update set
    hits = case when r.window_ends_at <= now() then 1 else least(r.hits + 1, ${most + 1}) end,
    window_ends_at = case when r.window_ends_at <= now() then excluded.window_ends_at else r.window_ends_at end
  returning hits, ceil(extract(epoch from window_ends_at - now()))::int as wait`;

/**
 * Counts one more, over all processes and by real time; returns the seconds until the window ends
 * where it is one too many, else 0. Not to be asked inside a transaction that may be rolled back.
 */
export async function countHit(em: EntityManager, { what, whom, most, windowSeconds }: RateLimited): Promise<number> {
  const subject = hashedSubject(what, whom);
  const [row] = await query<{ hits: number; wait: number }>(em, count(subject, windowSeconds, most));
  return row && row.hits > most ? Math.max(1, row.wait) : 0;
}

/** Whose a count is, without an address or name in it [R24.4]. */
export const hashedSubject = (what: string, whom: string): string =>
  createHash('sha256').update(`${what}:${whom}`).digest('hex');
