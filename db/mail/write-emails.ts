import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { EMAILS } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { EmailIntent } from '../../workflows/domain/outcome.ts';
import type { PurchaseRecord } from '../purchase/purchase-record.ts';
import type { Part } from '../purchase/write-read-state.ts';
import { query, sql } from '../sql.ts';

/**
 * An email that waits to be sent; the welcome ones belong to the welcome workflow [R13.1, R13.2].
 */
export type QueuedEmail = { emailId: string; isWelcome: boolean };

/** An email to one person, before it is written. */
export type EmailRow = QueuedEmail &
  Pick<EmailIntent, 'kind' | 'data'> & {
    at: Instant;
    position: number;
    recordKey: string;
    timelineId: string | null;
  } & {
    recipientKind: 'admin' | 'contact';
    recipientId: string;
  };

/** One row per kind, place in the timeline and recipient [R13.5]. */
export const emailRows = (
  { state, revision, emails, now }: PurchaseRecord,
  admins: string[],
  entryIds: string[],
): EmailRow[] =>
  emails.flatMap(({ kind, to, data, at = now, entry }, position) =>
    (to === 'admins' ? admins : [state.contactId]).map((recipientId) => ({
      emailId: uuid(),
      kind,
      position,
      recordKey: `${state.purchaseId}:${revision}:${position}`,
      timelineId: entryIds[entry] ?? null,
      recipientKind: to === 'admins' ? 'admin' : 'contact',
      recipientId,
      data,
      at,
      isWelcome: EMAILS[kind].isWelcome,
    })),
  );

export function emailParts({ state, revision }: PurchaseRecord, rows: EmailRow[]): Part[] {
  if (rows.length === 0) return [];
  const sql = `
    insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, revision,
      timeline_id, data, is_welcome, due_at)
    select "emailId", ?::uuid, kind, "recordKey", position, "recipientKind", "recipientId", advanced.id, ?::int,
      "timelineId", data, "isWelcome", at
    from advanced, jsonb_to_recordset(?::jsonb) as e("emailId" uuid, kind text, position int, "recordKey" text, "recipientKind" text,
      "recipientId" uuid, "timelineId" uuid, data jsonb, "isWelcome" boolean, at timestamptz)`;
  return [{ sql, params: [state.accountId, revision, JSON.stringify(rows)] }];
}

/** The account's owners and administrators, where one of the record's emails is for them. */
export async function adminsToTell(em: EntityManager, { state, emails }: PurchaseRecord): Promise<string[]> {
  if (!emails.some(({ to }) => to === 'admins')) return [];
  const rows = await query<{ id: string }>(
    em,
    sql`select id from admins where account_id = ${state.accountId} and role in ('owner', 'administrator') and confirmed_at is not null
     order by id`,
  );
  return rows.map(({ id }) => id);
}
