import type { EntityManager } from '@mikro-orm/postgresql';
import { toInstant } from './instants.ts';
import type { Instant } from '../workflows/domain/instant.ts';

const BACK_OFF = `now() + least(interval '1 hour', interval '1 minute' * power(2, least(pokes, 6)))`;
const MOST = 500;

/** Subjects whose rows are still open after their time; each is then left alone for twice as long as before, up to an hour. */
export async function sweepInbox(em: EntityManager): Promise<string[]> {
  const rows = await em.execute<{ subject_id: string }[]>(
    `update inbox set pokes = pokes + 1, poke_at = ${BACK_OFF} where id in (
       select id from inbox where state = 'open' and poke_at <= now() order by poke_at limit ${MOST} for update skip locked)
     returning subject_id`,
  );
  return [...new Set(rows.map((row) => row.subject_id))];
}

export type QueuedMail = { emailId: string; purchaseId: string | null; isWelcome: boolean };

/** Emails that are still queued after their time. */
export async function sweepEmails(em: EntityManager): Promise<QueuedMail[]> {
  const rows = await em.execute<{ id: string; purchase_id: string | null; is_welcome: boolean }[]>(
    `update emails set pokes = pokes + 1, poke_at = ${BACK_OFF} where id in (
       select id from emails where state = 'queued' and poke_at <= now() order by poke_at limit ${MOST} for update skip locked)
     returning id, purchase_id, is_welcome`,
  );
  return rows.map((row) => ({ emailId: row.id, purchaseId: row.purchase_id, isWelcome: row.is_welcome }));
}

/** Test accounts whose clock has somewhere to go. */
export async function sweepClocks(em: EntityManager): Promise<{ accountId: string; target: Instant }[]> {
  const rows = await em.execute<{ id: string; clock_target: Date }[]>(
    'select id, clock_target from accounts where clock_target is not null',
  );
  return rows.map((row) => ({ accountId: row.id, target: toInstant(row.clock_target) }));
}

export type Unmatched = { rowId: string; link: string | null; stripeAccount: string | null; pokes: number };

/** Events whose subject was not found yet: at once, then as seldom as other rows. */
export async function sweepUnmatched(em: EntityManager): Promise<Unmatched[]> {
  const rows = await em.execute<{ id: string; link: string | null; source: string; pokes: number }[]>(
    `update inbox set pokes = pokes + 1, poke_at = ${BACK_OFF} where id in (
       select id from inbox where state = 'unmatched' and (poke_at <= now() or pokes = 0) order by poke_at limit ${MOST} for update skip locked)
     returning id, link, source, pokes`,
  );
  return rows.map(({ id, link, source, pokes }) => ({
    rowId: id,
    link,
    stripeAccount: source.startsWith('acct_') ? source : null,
    pokes,
  }));
}

/** Gives an event to the purchase that it was found to speak of; `paymentId` is the payment it names. */
export async function matchRow(
  em: EntityManager,
  rowId: string,
  purchaseId: string,
  paymentId: string,
): Promise<boolean> {
  const rows = await em.execute<{ id: string }[]>(
    `update inbox set state = 'open', subject_kind = 'purchase', subject_id = p.id, account_id = p.account_id, link = ?
     from purchases p where inbox.id = ? and inbox.state = 'unmatched' and p.id = ? returning inbox.id`,
    [paymentId, rowId, purchaseId],
  );
  return rows.length === 1;
}

/** An event that is nobody's here ends, and is listed as such. */
export const buryRow = (em: EntityManager, rowId: string): Promise<unknown> =>
  em.execute(`update inbox set state = 'dead', done_at = now() where id = ? and state = 'unmatched'`, [rowId]);

/** Every purchase of which something is due, pending or open: what a lost Temporal store has to be told again. */
export async function everythingAlive(em: EntityManager): Promise<string[]> {
  await em.execute(`update inbox set poke_at = now() where state in ('open', 'unmatched')`);
  await em.execute(`update emails set poke_at = now() where state = 'queued'`);
  const rows = await em.execute<{ id: string }[]>(
    `select id from purchases where own_due_at is not null or next_due_at is not null or has_pending or needs_attention
     union select subject_id from inbox where state = 'open'`,
  );
  return rows.map(({ id }) => id);
}
