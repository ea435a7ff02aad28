import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { PurchaseRecord } from './record-purchase.ts';

/** An email that waits to be sent; the welcome ones belong to the welcome workflow [R13.1, R13.2]. */
export type QueuedEmail = { emailId: string; isWelcome: boolean };

const WELCOME_KINDS: readonly string[] = ['purchase-confirmation', 'offer-grant-confirmation', 'member-welcome'];

/** One row per kind, place in the timeline and recipient [R13.5]; admins are the account's owners and administrators. */
export async function writeEmails(tx: EntityManager, record: PurchaseRecord): Promise<QueuedEmail[]> {
  const { state, revision, emails, now } = record;
  if (emails.length === 0) return [];
  const admins = emails.some(({ to }) => to === 'admins') ? await adminIds(tx, state.accountId) : [];
  const rows = emails.flatMap(({ kind, to, data }, position) =>
    (to === 'admins' ? admins : [state.contactId]).map((recipientId) => ({
      id: uuid(),
      kind,
      position,
      recordKey: `${state.purchaseId}:${revision}:${position}`,
      recipientKind: to === 'admins' ? 'admin' : 'contact',
      recipientId,
      data,
      isWelcome: WELCOME_KINDS.includes(kind),
    })),
  );
  const written = await tx.execute<{ id: string; is_welcome: boolean }[]>(INSERT, [
    state.accountId,
    state.purchaseId,
    now,
    JSON.stringify(rows),
  ]);
  return written.map(({ id, is_welcome }) => ({ emailId: id, isWelcome: is_welcome }));
}

const INSERT = `
  insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, data, is_welcome, due_at)
  select id, ?::uuid, kind, "recordKey", position, "recipientKind", "recipientId", ?::uuid, data, "isWelcome", ?::timestamptz
  from jsonb_to_recordset(?::jsonb) as e(id uuid, kind text, position int, "recordKey" text, "recipientKind" text,
    "recipientId" uuid, data jsonb, "isWelcome" boolean)
  on conflict do nothing returning id, is_welcome`;

async function adminIds(tx: EntityManager, accountId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }[]>(
    `select id from admins where account_id = ? and role in ('owner', 'administrator') and confirmed_at is not null order by id`,
    [accountId],
  );
  return rows.map(({ id }) => id);
}
