import type { EntityManager } from '@mikro-orm/postgresql';
import { IS_ALIVE } from '../purchase/alive.ts';
import { toInstant } from '../instants.ts';
import { accountOf } from '../inbox/match-events.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { query, run, sql } from '../sql.ts';

const BACK_OFF = sql`now() + least(interval '1 hour', interval '1 minute' * power(2, least(wakes, 6)))`;
const MOST = sql.lit(500);

/**
 * Subjects whose rows are overdue. Each is then left alone for twice as long as before, up to an
 * hour.
 */
export async function sweepInbox(em: EntityManager): Promise<string[]> {
  const rows = await query<{ subject_id: string }>(
    em,
    sql`update inbox set wakes = wakes + 1, wake_at = ${BACK_OFF} where id in (
       select id from inbox where state = 'open' and wake_at <= now() order by wake_at
         limit ${MOST} for update skip locked)
     returning subject_id`,
  );
  return [...new Set(rows.map((row) => row.subject_id))];
}

export type QueuedMail = { emailId: string; purchaseId: string | null; isWelcome: boolean };

/** Emails that are still queued after their time. */
export async function sweepEmails(em: EntityManager): Promise<QueuedMail[]> {
  const rows = await query<{ id: string; purchase_id: string | null; is_welcome: boolean }>(
    em,
    sql`update emails set wakes = wakes + 1, wake_at = ${BACK_OFF} where id in (
       select id from emails where state = 'queued' and wake_at <= now() order by wake_at
         limit ${MOST} for update skip locked)
     returning id, purchase_id, is_welcome`,
  );
  return rows.map((row) => ({ emailId: row.id, purchaseId: row.purchase_id, isWelcome: row.is_welcome }));
}

/** Test accounts whose clock has somewhere to go. */
export async function sweepClocks(em: EntityManager): Promise<{ accountId: string; target: Instant }[]> {
  const rows = await query<{ id: string; clock_target: Date }>(
    em,
    sql`select id, clock_target from accounts where clock_target is not null`,
  );
  return rows.map((row) => ({ accountId: row.id, target: toInstant(row.clock_target) }));
}

/** An event whose purchase was not found yet, and what may be asked at Stripe to find it. */
export type Unmatched = {
  rowId: string;
  kind: string;
  refs: string[] | null;
  wakes: number;
  /** null = the platform's own, which was never read. */
  stripeAccount: string | null;
  /** Whether that account has anything of ours. */
  isOurAccount: boolean;
  /** The checkout of the purchase that it names, where that waits for word of it. */
  checkout: { purchaseId: string; sessionId: string } | null;
  /** The purchase that its metadata names, of the same Stripe account, with its subscription. */
  pointsAt: string | null;
};

type UnmatchedRow = {
  id: string;
  kind: string;
  refs: string[] | null;
  wakes: number;
  stripe_account: string | null;
  is_our_account: boolean;
  purchase_id: string | null;
  stripe_session_id: string | null;
  billed_id: string | null;
};

/** Events whose subject was not found yet: at once, then as seldom as other rows. */
export async function sweepUnmatched(em: EntityManager): Promise<Unmatched[]> {
  const rows = await query<UnmatchedRow>(
    em,
    sql`with looked as (
       update inbox set wakes = wakes + 1, wake_at = ${BACK_OFF} where id in (
         select id from inbox where state = 'unmatched' and (wake_at <= now() or wakes = 0) order by wake_at
         limit ${MOST} for update skip locked)
       returning id, kind, refs, points_at, wakes, ${accountOf(sql`source`)} as stripe_account)
     select l.id, l.kind, l.refs, l.wakes, l.stripe_account, c.purchase_id, c.stripe_session_id, b.id as billed_id,
       exists (select from stripe_objects o where o.stripe_account = l.stripe_account) as is_our_account
     from looked l
     left join purchases p on p.id = l.points_at and p.stripe_account = l.stripe_account and p.stripe_subscription_id is null
     left join purchases b on b.id = l.points_at and b.stripe_account = l.stripe_account and b.stripe_subscription_id is not null
     left join checkouts c on c.purchase_id = p.id and c.stripe_session_id is not null`,
  );
  return rows.map(toUnmatched);
}

function toUnmatched({ id: rowId, kind, refs, wakes, purchase_id, ...row }: UnmatchedRow): Unmatched {
  const checkout =
    purchase_id !== null && row.stripe_session_id !== null
      ? { purchaseId: purchase_id, sessionId: row.stripe_session_id }
      : null;
  const { stripe_account: stripeAccount, is_our_account: isOurAccount, billed_id: pointsAt } = row;
  return { rowId, kind, refs, wakes, stripeAccount, isOurAccount, checkout, pointsAt };
}

/** An event that was acted on otherwise than by its purchase's own turn. */
export const settleRow = (em: EntityManager, rowId: string, purchaseId: string | null): Promise<unknown> =>
  run(
    em,
    sql`update inbox set state = 'applied', done_at = now(), refs = null, points_at = null, subject_id = p.id,
       subject_kind = case when p.id is not null then 'purchase' end, account_id = p.account_id
     from (select) as one left join purchases p on p.id = ${purchaseId}::uuid
     where inbox.id = ${rowId} and inbox.state = 'unmatched'`,
  );

/** An event that is nobody's here ends, and is listed as such. */
export const buryRow = (em: EntityManager, rowId: string): Promise<unknown> =>
  run(em, sql`update inbox set state = 'dead', done_at = now() where id = ${rowId} and state = 'unmatched'`);

/**
 * Every purchase of which something is due, pending or open: what a lost Temporal store has to be
 * told again.
 */
export async function everythingAlive(em: EntityManager): Promise<string[]> {
  await run(em, sql`update inbox set wake_at = now() where state in ('open', 'unmatched')`);
  await run(em, sql`update emails set wake_at = now() where state = 'queued' and job_id is null`);
  await run(em, sql`update bulk_jobs set wake_at = now() where wake_at is not null`);
  const rows = await query<{ id: string }>(
    em,
    sql`select id from purchases where ${IS_ALIVE} union select subject_id from inbox where state = 'open' and subject_id is not null`,
  );
  return rows.map(({ id }) => id);
}
