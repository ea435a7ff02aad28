import type { EntityManager } from '@mikro-orm/postgresql';
import type { EmailKind } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { EndReason } from '../entities/checkout.ts';
import { toInstant } from '../instants.ts';
import { query, sql, type Sql } from '../sql.ts';

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

const toWatched = (row: WatchedRow): Watched => ({
  id: row.id,
  purchaseId: row.purchase_id,
  stripeSessionId: row.stripe_session_id,
  endsAt: toInstant(row.ends_at),
});

/** Those that somebody could still pay; they end now. */
export async function openCheckoutsOf(em: EntityManager, contactId: string): Promise<Watched[]> {
  const rows = await query<WatchedRow>(
    em,
    sql`select c.id, c.purchase_id, c.stripe_session_id, coalesce(a.clock_at, now()) as ends_at
     from checkouts c join accounts a on a.id = c.account_id
     where c.contact_id = ${contactId} and c.state = 'open' and c.stripe_session_id is not null`,
  );
  return rows.map(toWatched);
}

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
  return rows.map(toWatched);
}

/** Stripe's link by which an expired session is begun anew, and until when. */
export type RecoveryLink = { url: string; until: Instant };

/** Who comes back after so long has decided otherwise, or bought elsewhere. */
const RECENT = sql`interval '3 days'`;

/**
 * Keeps why a checkout ended, once, and in the same statement queues the email with the link by
 * which it is begun anew: once per checkout, unless the account has switched it off, there is
 * something newer of the same offer, or they are being erased. Whether its contact agreed to such
 * mail is asked when it is sent. Returns the email's id; null = there is none.
 */
export async function explainCheckout(
  em: EntityManager,
  id: string,
  { reason, recovery }: { reason: EndReason; recovery: RecoveryLink | null },
): Promise<string | null> {
  const now = sql`coalesce(a.clock_step, a.clock_at, now())`;
  const link = sql`jsonb_build_object('recoverUrl', ${recovery?.url ?? ''}::text, 'expiresAt', ${recovery?.until ?? null}::text)`;
  const [queued] = await query<{ id: string }>(
    em,
    sql`with explained as (
       update checkouts set reason = ${reason}, look_at = null where id = ${id} and reason is null returning *
     )
     insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, data, is_welcome, is_marketing, due_at)
     select gen_random_uuid(), c.account_id, ${RECOVERY}, 'checkout:' || c.id, 0, 'contact', c.contact_id,
       ${link} || jsonb_build_object('offerName', o.name), false, true, ${now}
     from explained c join accounts a on a.id = c.account_id join offers o on o.id = c.offer_id
     where ${recovery !== null} and c.ended_at > ${now} - ${RECENT} and o.archived_at is null
       and a.suspended_at is null and a.closed_at is null
       and not coalesce(a.settings -> 'emailsOff', '[]') ? ${RECOVERY}
       and not exists (select from checkouts n where n.holder_id = c.holder_id and n.offer_id = c.offer_id and n.id > c.id)
       and not exists (select from purchases p where p.holder_id = c.holder_id and p.offer_id = c.offer_id
         and p.started_at is not null and (p.is_live or p.started_at >= c.created_at))
       and not exists (select from erasures e where e.contact_id = c.contact_id and e.state <> 'came_back')
     on conflict (account_id, kind, record_key, recipient_id) do nothing returning id`,
  );
  return queued?.id ?? null;
}

const RECOVERY: EmailKind = 'checkout-recovery';
