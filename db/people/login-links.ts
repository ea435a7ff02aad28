import type { EntityManager } from '@mikro-orm/postgresql';
import type { EmailKind } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { countHit } from '../rate-limits.ts';
import { json, query, sql } from '../sql.ts';
import type { EntryData } from '../../workflows/domain/outcome.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';

const AN_HOUR = { most: 3, windowSeconds: 60 * 60 };

/**
 * Counts a mail that somebody who may be a stranger wants to be sent to an address: nobody gets
 * more than three an hour by that [R14.3].
 */
export const mayMailLink = async (em: EntityManager, address: string): Promise<boolean> =>
  (await countHit(em, { ...AN_HOUR, what: 'mailed-link', whom: address })) === 0;

/**
 * Queues a login link for every customer with this address, at the site or, where none is named, at
 * each; returns the ids of their emails. At most one a minute each. The email belongs to the
 * customer's newest purchase, as every email does: a customer has one [R3.2].
 */
export async function queueLoginLinks(
  em: EntityManager,
  address: string,
  realNow: Instant,
  accountId?: string,
): Promise<string[]> {
  const rows = await query<{ id: string }>(em, queued(address, realNow, accountId ?? null));
  return rows.map(({ id }) => id);
}

const minuteOf = (at: Instant): string => at.slice(0, 'yyyy-mm-ddThh:mm'.length).replaceAll(/\D/g, '');

const queued = (address: string, realNow: Instant, accountId: string | null) => sql`
  insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, data, is_welcome, due_at)
  select gen_random_uuid(), c.account_id, 'login-link', p.id || ':0:0:' || ${minuteOf(realNow)}::text, 0, 'contact', c.id, p.id,
    '{}'::jsonb, false, coalesce(a.clock_step, a.clock_at, ${realNow}::timestamptz)
  from contacts c join accounts a on a.id = c.account_id
    join lateral (select id from purchases where contact_id = c.id and started_at is not null
      order by started_at desc, id desc limit 1) p on true
  where c.email = ${address} and c.customer_since is not null and c.account_id = coalesce(${accountId}::uuid, c.account_id)
  on conflict do nothing returning id`;

/**
 * Queues the email that tells a customer what they have already; its id, or null where one was
 * queued within the same minute [R5.7].
 */
export const queueAlreadyLive = (em: EntityManager, purchaseId: string, realNow: Instant, data: EntryData = {}) =>
  queueFor(em, purchaseId, { kind: 'already-live', realNow, data });

/**
 * Queues the link by which a free offer is taken, to whoever asked for it; its id, or null where
 * one was queued within the same minute [R27.7].
 */
export const queueFreeOfferLink = (em: EntityManager, purchaseId: string, realNow: Instant) =>
  queueFor(em, purchaseId, { kind: 'free-offer-link', realNow, data: {} });

type ToQueue = { kind: EmailKind; realNow: Instant; data: EntryData };

/** To the contact of a purchase, or of a checkout; at most one of a kind a minute. */
async function queueFor(em: EntityManager, purchaseId: string, toQueue: ToQueue): Promise<string | null> {
  const [row] = await query<{ id: string }>(em, ofPurchase(purchaseId, toQueue));
  return row?.id ?? null;
}

const ofPurchase = (purchaseId: string, { kind, realNow, data }: ToQueue) => sql`
  insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, data, is_welcome, due_at)
  select gen_random_uuid(), p.account_id, ${kind}, p.id || ':0:0:' || ${minuteOf(realNow)}::text, 0, 'contact', p.contact_id, p.id,
    ${json(data)}, false, coalesce(a.clock_step, a.clock_at, ${realNow}::timestamptz)
  from purchases p join accounts a on a.id = p.account_id where p.id = ${purchaseId}
  on conflict do nothing returning id`;

/**
 * Queues the invitation of an admin; its id, or null where one was queued within the same minute.
 */
export async function queueInvitation(em: Scoped, adminId: string, realNow: Instant): Promise<string | null> {
  const [row] = await query<{ id: string }>(
    em,
    sql`insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, data, is_welcome, due_at)
     select gen_random_uuid(), ad.account_id, 'admin-invitation', ad.id || ':0:0:' || ${minuteOf(realNow)}::text, 0, 'admin', ad.id,
       '{}'::jsonb, false, coalesce(a.clock_step, a.clock_at, ${realNow}::timestamptz)
     from admins ad join accounts a on a.id = ad.account_id
     where ad.account_id = ${accountIdOf(em)} and ad.id = ${adminId} and ad.removed_at is null
     on conflict do nothing returning id`,
  );
  return row?.id ?? null;
}

/**
 * Queues an email to whoever has an address, about what keeps them from buying, but no purchase of
 * theirs: what an offer requires [R4.7], a code that does not hold for them [R5.7]. Its id, or null
 * where one was queued within the same minute.
 */
export async function queueHindrance(
  em: Scoped,
  address: string,
  { kind, realNow, data }: ToQueue & { kind: 'requirement-missing' | 'promotion-code-refused' },
): Promise<string | null> {
  const [row] = await query<{ id: string }>(
    em,
    sql`insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, data, is_welcome, due_at)
     select gen_random_uuid(), c.account_id, ${kind}, c.id || ':0:0:' || ${minuteOf(realNow)}::text, 0, 'contact', c.id,
       ${json(data)}, false, coalesce(a.clock_step, a.clock_at, ${realNow}::timestamptz)
     from contacts c join accounts a on a.id = c.account_id where c.account_id = ${accountIdOf(em)} and c.email = ${address}
     on conflict do nothing returning id`,
  );
  return row?.id ?? null;
}
