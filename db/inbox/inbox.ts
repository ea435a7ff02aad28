import type { EntityManager } from '@mikro-orm/postgresql';
import { seenOf } from '../counts.ts';
import { CommandText } from '../entities/command-text.ts';
import { InboxBody } from '../entities/inbox-body.ts';
import { INBOX_STATES, InboxRow, type InboxState } from '../entities/inbox-row.ts';
import { actorEmails, type ActorEmails } from '../people/actor-emails.ts';
import { findPage, type Page, type PageQuery } from '../page.ts';
import { query, sql } from '../sql.ts';

/** By when it was asked or happened, in the account's own time. */
export const INBOX_ORDER = { by: 'at', direction: 'desc' } as const;

/** `accountId` null: what nobody's account is known of. */
type InboxFilter = {
  accountId: string | null;
  class: InboxRow['class'];
  states?: readonly InboxState[] | undefined;
  kind?: string | undefined;
  purchaseId?: string | undefined;
};

export const listInbox = (em: EntityManager, filter: InboxFilter, page: PageQuery): Promise<Page<InboxRow>> =>
  findPage(em, InboxRow, { where: whereOf(filter), order: INBOX_ORDER }, page);

export const findInboxRow = (
  em: EntityManager,
  id: string,
  filter: Pick<InboxFilter, 'accountId' | 'class'>,
): Promise<InboxRow | null> => em.findOne(InboxRow, { id, ...filter }, { disableIdentityMap: true });

/** A row whoever it belongs to by now. */
export const findArrived = (em: EntityManager, id: string): Promise<InboxRow> =>
  em.findOneOrFail(InboxRow, { id }, { disableIdentityMap: true });

/** How many rows there are in each state, as far as they are looked at (`counts.ts`). */
export async function countInbox(em: EntityManager, filter: InboxFilter): Promise<Map<InboxState, number>> {
  const { accountId, class: ofClass, kind, purchaseId } = filter;
  const whose = accountId === null ? sql`account_id is null` : sql`account_id = ${accountId}`;
  const ofKind = kind === undefined ? sql`` : sql`and kind = ${kind}`;
  const ofPurchase = purchaseId === undefined ? sql`` : sql`and subject_id = ${purchaseId}`;
  // Each state is a literal, since it decides which index there is for it.
  const inState = (state: InboxState) =>
    sql`select ${sql.lit(state)} as state, ${seenOf(
      sql`select 1 from inbox where ${whose} and class = ${ofClass} and state = ${sql.lit(state)} ${ofKind} ${ofPurchase}`,
    )} as seen`;
  const rows = await query<{ state: InboxState; seen: string }>(
    em,
    sql.join(INBOX_STATES.map(inState), sql` union all `),
  );
  return new Map(rows.map(({ state, seen }) => [state, Number(seen)]));
}

function whereOf({ accountId, class: ofClass, states, kind, purchaseId }: InboxFilter): Record<string, unknown> {
  return {
    accountId,
    class: ofClass,
    ...(states && { state: { $in: [...states] } }),
    ...(kind !== undefined && { kind }),
    ...(purchaseId !== undefined && { subjectId: purchaseId }),
  };
}

/** A purchase by the names of its contact and offer. */
export type NamedPurchase = {
  id: string;
  contact: { id: string; email: string; name: string | null };
  offer: { id: string; name: string };
};

/**
 * Whom rows speak of, by the id of their purchase; a checkout that was never paid is named as well.
 */
export async function namedPurchases(
  em: EntityManager,
  rows: readonly Pick<InboxRow, 'subjectId'>[],
): Promise<Map<string, NamedPurchase>> {
  const ids = [...new Set(rows.flatMap(({ subjectId }) => subjectId ?? []))];
  if (ids.length === 0) return new Map();
  const found = await query<NamedPurchase>(
    em,
    sql`select p.id, jsonb_build_object('id', c.id, 'email', c.email, 'name', c.name) as contact,
       jsonb_build_object('id', o.id, 'name', o.name) as offer
     from purchases p join contacts c on c.id = p.contact_id join offers o on o.id = p.offer_id
     where p.id = any(${ids})`,
  );
  return new Map(found.map((purchase) => [purchase.id, purchase]));
}

/** What people wrote with commands and what Stripe answered, and who asked them. */
export async function withTexts(em: EntityManager, rows: InboxRow[]): Promise<CommandTexts> {
  const texts = await em.find(CommandText, { commandId: { $in: rows.map(({ id }) => id) } });
  const emails = await actorEmails(
    em,
    rows.flatMap(({ actor }) => actor ?? []),
  );
  return { texts: new Map(texts.map((text) => [text.commandId, text])), emails };
}

export type CommandTexts = { texts: Map<string, CommandText>; emails: ActorEmails };

/** An event as it arrived; null once it is no longer kept. */
export async function findBody(em: EntityManager, rowId: string): Promise<Buffer | null> {
  const [found] = await em.find(InboxBody, { inboxId: rowId }, { limit: 1 });
  return found ? Buffer.from(found.body) : null;
}
