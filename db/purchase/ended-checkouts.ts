import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { EndReason } from '../entities/checkout.ts';
import { toInstant } from '../instants.ts';
import { query, run, sql, type Sql } from '../sql.ts';

/** A checkout whose session is asked about at Stripe; `endsAt`: when its time is, or was, over. */
export type Watched = { id: string; purchaseId: string; stripeSessionId: string; endsAt: Instant };

type WatchedRow = { id: string; purchase_id: string; stripe_session_id: string; ends_at: Date };

/** The event may be on its way for so long. */
const GRACE = sql`interval '5 minutes'`;
const MOST = sql.lit(100);

/**
 * Open checkouts whose time is over: their event was lost. Each is then left alone for ten
 * minutes. `accountId`: of a test account whose clock makes a step; null = of all others.
 */
export const takeOverdueCheckouts = (em: EntityManager, accountId: string | null): Promise<Watched[]> =>
  take(
    em,
    accountId === null
      ? sql`s.state = 'open' and s.stripe_session_id is not null and a.clock_target is null
          and s.expires_at <= coalesce(a.clock_at, now()) - ${GRACE}`
      : sql`s.state = 'open' and s.stripe_session_id is not null and a.id = ${accountId} and s.expires_at <= a.clock_step`,
    sql`c.expires_at`,
  );

/** Checkouts that ended unpaid, and nobody has asked Stripe yet why. */
export const takeUnexplainedCheckouts = (em: EntityManager, accountId: string | null): Promise<Watched[]> =>
  take(
    em,
    sql`s.state = 'expired' and s.reason is null and ${accountId === null ? sql`a.clock_target is null` : sql`a.id = ${accountId}`}`,
    sql`c.ended_at`,
  );

async function take(em: EntityManager, which: Sql, endsAt: Sql): Promise<Watched[]> {
  const rows = await query<WatchedRow>(
    em,
    sql`update checkouts c set look_at = now() + interval '10 minutes'
     where c.id in (
       select s.id from checkouts s join accounts a on a.id = s.account_id
       where ${which} and (s.look_at is null or s.look_at <= now())
       order by s.expires_at limit ${MOST} for update of s skip locked)
     returning c.id, c.purchase_id, c.stripe_session_id, ${endsAt} as ends_at`,
  );
  return rows.map((row) => ({
    id: row.id,
    purchaseId: row.purchase_id,
    stripeSessionId: row.stripe_session_id,
    endsAt: toInstant(row.ends_at),
  }));
}

/** Why a checkout ended; what is known already stays. */
export const explainCheckout = (em: EntityManager, id: string, reason: EndReason): Promise<unknown> =>
  run(em, sql`update checkouts set reason = ${reason}, look_at = null where id = ${id} and reason is null`);
