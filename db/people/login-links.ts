import type { EntityManager } from '@mikro-orm/postgresql';
import { isMarketing, type EmailKind } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { countHit } from '../rate-limits.ts';
import { json, query, sql, type Sql } from '../sql.ts';
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
 * Queues a login link for every customer with this address, or one that was merged into theirs, at
 * the site or, where none is named, at each; returns the ids of their emails. At most one a minute
 * each. The email belongs to the customer's newest purchase, as every email does: a customer has
 * one [R3.2].
 */
export function queueLoginLinks(
  em: EntityManager,
  address: string,
  realNow: Instant,
  accountId?: string,
): Promise<string[]> {
  return queue(em, { kind: 'login-link', realNow, data: {} }, customersWith(sql`n.email = ${address}`, accountId));
}

/** The same with a link that sets another password [R14.1]. */
export function queuePasswordResets(
  em: EntityManager,
  address: string,
  realNow: Instant,
  accountId?: string,
): Promise<string[]> {
  return queue(em, { kind: 'password-reset', realNow, data: {} }, customersWith(sql`n.email = ${address}`, accountId));
}

/** Queues a login link for one customer; its id, or null where one was queued within the minute. */
export const queueLoginLink = (em: Scoped, contactId: string, realNow: Instant): Promise<string | null> =>
  first(queue(em, { kind: 'login-link', realNow, data: {} }, customersWith(sql`n.id = ${contactId}`, accountIdOf(em))));

type ToQueue = { kind: EmailKind; realNow: Instant; data: EntryData };

/**
 * Whom the email is to and what it is about: rows of `from`, which has the account as `a`.
 * `isOfPurchase`: the record is a purchase.
 */
type Whom = { kind: 'contact' | 'admin'; id: Sql; record: Sql; isOfPurchase: boolean; from: Sql };

const minuteOf = (at: Instant): string => at.slice(0, 'yyyy-mm-ddThh:mm'.length).replaceAll(/\D/g, '');

/** Queues emails that nothing of a purchase's timeline causes, at most one of a kind a minute. */
async function queue(em: EntityManager, { kind, realNow, data }: ToQueue, whom: Whom): Promise<string[]> {
  const purchaseId = whom.isOfPurchase ? whom.record : sql`null::uuid`;
  const rows = await query<{ id: string }>(
    em,
    sql`insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, data, is_welcome, is_marketing, due_at)
     select gen_random_uuid(), a.id, ${kind}, ${whom.record} || ':0:0:' || ${minuteOf(realNow)}::text, 0, ${whom.kind}, ${whom.id}, ${purchaseId},
       ${json(data)}, false, ${isMarketing(kind)}::boolean, coalesce(a.clock_step, a.clock_at, ${realNow}::timestamptz)
     ${whom.from} on conflict do nothing returning id`,
  );
  return rows.map(({ id }) => id);
}

const first = async (ids: Promise<string[]>): Promise<string | null> => (await ids)[0] ?? null;

/**
 * Customers, each with the newest purchase: of the rows `n` of contacts, or those into whom they
 * were merged.
 */
const customersWith = (condition: Sql, accountId: string | undefined): Whom => ({
  kind: 'contact',
  id: sql`c.id`,
  record: sql`p.id`,
  isOfPurchase: true,
  from: sql`
    from contacts n join contacts c on c.id = coalesce(n.merged_into, n.id) join accounts a on a.id = c.account_id
      join lateral (select id from purchases where contact_id = c.id and started_at is not null
        order by started_at desc, id desc limit 1) p on true
    where ${condition} and c.customer_since is not null and c.account_id = coalesce(${accountId ?? null}::uuid, c.account_id)`,
});

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

/** To the contact of a purchase, or of a checkout. */
function queueFor(em: EntityManager, purchaseId: string, toQueue: ToQueue): Promise<string | null> {
  const from = sql`from purchases p join accounts a on a.id = p.account_id where p.id = ${purchaseId}`;
  const whom = { kind: 'contact', id: sql`p.contact_id`, record: sql`p.id`, isOfPurchase: true, from } as const;
  return first(queue(em, toQueue, whom));
}

/**
 * Queues the invitation of an admin; its id, or null where one was queued within the same minute.
 */
export function queueInvitation(em: Scoped, adminId: string, realNow: Instant): Promise<string | null> {
  const from = sql`
    from admins ad join accounts a on a.id = ad.account_id
    where ad.account_id = ${accountIdOf(em)} and ad.id = ${adminId} and ad.removed_at is null`;
  const toQueue = { kind: 'admin-invitation', realNow, data: {} } as const;
  const whom = { kind: 'admin', id: sql`ad.id`, record: sql`ad.id`, isOfPurchase: false, from } as const;
  return first(queue(em, toQueue, whom));
}

/** Queues what the owner of an account is told of a limit of its plan. */
export function queueLimitNotice(em: EntityManager, noticeId: string, data: EntryData, realNow: Instant) {
  const from = sql`
    from limit_notices n join accounts a on a.id = n.account_id
      join admins ad on ad.account_id = a.id and ad.role = 'owner' and ad.removed_at is null
    where n.id = ${noticeId}`;
  const whom = { kind: 'admin', id: sql`ad.id`, record: sql`n.id`, isOfPurchase: false, from } as const;
  return queue(em, { kind: 'admin-plan-limit', realNow, data }, whom);
}

/** Queues to the owner of an account that its add-on has not begun, and where to add it. */
export function queueAddOnNotBegun(em: EntityManager, accountId: string, realNow: Instant): Promise<string[]> {
  const from = sql`
    from accounts a join admins ad on ad.account_id = a.id and ad.role = 'owner' and ad.removed_at is null
    where a.id = ${accountId}`;
  const whom = { kind: 'admin', id: sql`ad.id`, record: sql`ad.id`, isOfPurchase: false, from } as const;
  return queue(em, { kind: 'admin-access-not-begun', realNow, data: {} }, whom);
}

/**
 * Queues a link for whoever still has to confirm this address: to who was invited the invitation,
 * to who has signed up the confirmation.
 */
export async function queueConfirmations(em: EntityManager, address: string, realNow: Instant): Promise<string[]> {
  const to = (isInvited: boolean): Whom => ({
    kind: 'admin',
    id: sql`ad.id`,
    record: sql`ad.id`,
    isOfPurchase: false,
    from: sql`
      from admins ad join accounts a on a.id = ad.account_id
      where ad.email = ${address} and ad.confirmed_at is null and ad.removed_at is null and (ad.invited_by is not null) = ${isInvited}`,
  });
  return [
    ...(await queue(em, { kind: 'admin-invitation', realNow, data: {} }, to(true))),
    ...(await queue(em, { kind: 'admin-confirmation', realNow, data: {} }, to(false))),
  ];
}

/** Queues a link by which admins choose another password, to each who has confirmed the address. */
export function queueAdminReset(em: EntityManager, address: string, realNow: Instant): Promise<string[]> {
  const from = sql`
    from admins ad join accounts a on a.id = ad.account_id
    where ad.email = ${address} and ad.confirmed_at is not null and ad.removed_at is null`;
  const whom = { kind: 'admin', id: sql`ad.id`, record: sql`ad.id`, isOfPurchase: false, from } as const;
  return queue(em, { kind: 'admin-password-reset', realNow, data: {} }, whom);
}

/**
 * Queues an email to whoever has an address, about what keeps them from buying, but no purchase of
 * theirs: what an offer requires [R4.7], a code that does not hold for them [R5.7]. Its id, or null
 * where one was queued within the same minute.
 */
export function queueHindrance(
  em: Scoped,
  address: string,
  toQueue: ToQueue & { kind: 'requirement-missing' | 'promotion-code-refused' },
): Promise<string | null> {
  const from = sql`
    from contacts n join contacts c on c.id = coalesce(n.merged_into, n.id) join accounts a on a.id = c.account_id
    where n.account_id = ${accountIdOf(em)} and n.email = ${address}`;
  const whom = { kind: 'contact', id: sql`c.id`, record: sql`c.id`, isOfPurchase: false, from } as const;
  return first(queue(em, toQueue, whom));
}

/** Queues the link by which a contact confirms that they subscribe, with what they agree to. */
export function queueOptIn(em: EntityManager, contactId: string, realNow: Instant, data: EntryData) {
  const from = sql`from contacts c join accounts a on a.id = c.account_id where c.id = ${contactId}`;
  const whom = { kind: 'contact', id: sql`c.id`, record: sql`c.id`, isOfPurchase: false, from } as const;
  return first(queue(em, { kind: 'double-opt-in', realNow, data }, whom));
}
