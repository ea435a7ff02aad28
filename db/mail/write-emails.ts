import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { EMAILS, isMarketing } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { EmailIntent, Recipient } from '../../workflows/domain/outcome.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { RecipientKind } from '../entities/email.ts';
import type { PurchaseRecord } from '../purchase/purchase-record.ts';
import { rowsOf } from '../purchase/write-read-state.ts';
import { query, sql, type Sql } from '../sql.ts';

/**
 * An email that waits to be sent; the welcome ones belong to the welcome workflow [R13.1, R13.2].
 */
export type QueuedEmail = { emailId: string; isWelcome: boolean };

/** An email to one person, before it is written. */
export type EmailRow = QueuedEmail &
  Pick<EmailIntent, 'kind' | 'data'> & {
    purchaseId: string;
    at: Instant;
    position: number;
    isMarketing: boolean;
    recordKey: string;
    timelineId: string | null;
  } & {
    recipientKind: RecipientKind;
    recipientId: string;
  };

/** One row per kind, place in the timeline and recipient [R13.5]. */
export const emailRows = (
  { state, revision, emails, now }: PurchaseRecord,
  admins: AdminsToTell,
  entryIds: string[],
): EmailRow[] =>
  emails.flatMap(({ kind, to, data, at = now, entry }, position) =>
    recipientsOf({ to, data }, state, admins).map((recipientId) => ({
      purchaseId: state.purchaseId,
      emailId: uuid(),
      kind,
      position,
      recordKey: cardKeyOf(kind, data) ?? `${state.purchaseId}:${revision}:${position}`,
      timelineId: entryIds[entry] ?? null,
      recipientKind: to === 'customer' && bookerIn(data) !== null ? ('admin' as const) : RECIPIENTS[to],
      recipientId,
      data,
      at,
      isWelcome: EMAILS[kind].isWelcome,
      isMarketing: isMarketing(kind),
    })),
  );

/** Of a card that pays for several purchases its customer is told once, whichever comes first. */
const cardKeyOf = (kind: EmailIntent['kind'], { methodId, expiresAt }: EmailIntent['data']): string | null =>
  kind === 'card-expiring' ? `card:${String(methodId)}:${String(expiresAt)}` : null;

const RECIPIENTS: Record<Recipient, RecipientKind> = { customer: 'contact', admins: 'admin', expert: 'expert' };

/** Of a call or a seat, whoever of a team booked it. */
const bookerIn = ({ bookedBy }: EmailIntent['data']): string | null => (typeof bookedBy === 'string' ? bookedBy : null);

function recipientsOf(
  { to, data }: Pick<EmailIntent, 'to' | 'data'>,
  { accountId, contactId }: PurchaseState,
  admins: AdminsToTell,
): string[] {
  switch (to) {
    case 'customer':
      return [bookerIn(data) ?? contactId];
    case 'admins':
      return admins.get(accountId) ?? [];
    case 'expert':
      return typeof data.expertId === 'string' ? [data.expertId] : [];
  }
}

export function emailParts(rows: EmailRow[]): Sql[] {
  if (rows.length === 0) return [];
  return [
    sql`
      insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, revision,
        timeline_id, data, is_welcome, is_marketing, due_at)
      select e."emailId", a.account_id, e.kind, e."recordKey", e.position, e."recipientKind", e."recipientId", a.id, a.revision,
        e."timelineId", e.data, e."isWelcome", e."isMarketing", e.at
      from advanced a join ${rowsOf(rows, COLUMNS)} on e."purchaseId" = a.id
      on conflict (account_id, kind, record_key, recipient_id) do nothing`,
  ];
}

const COLUMNS = `"emailId" uuid, kind text, position int, "recordKey" text, "recipientKind" text, "recipientId" uuid,
  "timelineId" uuid, data jsonb, "isWelcome" boolean, "isMarketing" boolean, at timestamptz`;

/** The owners and administrators of accounts, by its id. */
export type AdminsToTell = Map<string, string[]>;

/** Of the accounts where one of the records' emails is for them. */
export async function adminsToTell(em: EntityManager, records: readonly PurchaseRecord[]): Promise<AdminsToTell> {
  const toTell = records.filter(({ emails }) => emails.some(({ to }) => to === 'admins'));
  const accountIds = [...new Set(toTell.map(({ state }) => state.accountId))];
  if (accountIds.length === 0) return new Map();
  const rows = await query<{ account_id: string; ids: string[] }>(
    em,
    sql`select account_id, array_agg(id order by id) as ids from admins
     where account_id = any(${accountIds}) and role in ('owner', 'administrator') and confirmed_at is not null and removed_at is null
     group by account_id`,
  );
  return new Map(rows.map(({ account_id, ids }) => [account_id, ids]));
}
