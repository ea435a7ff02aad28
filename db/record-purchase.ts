import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../workflows/domain/instant.ts';
import type { EmailIntent, FollowUp, TimelineEntry } from '../workflows/domain/outcome.ts';
import type { Payment } from '../workflows/domain/payments.ts';
import type { PurchaseState } from '../workflows/domain/purchase.ts';
import { SYSTEM } from '../workflows/domain/verb.ts';
import type { RowEnd } from '../workflows/inbox.ts';
import { purchaseRow } from './purchase-row.ts';
import { writeEmails, type QueuedEmail } from './write-emails.ts';
import { writeMoney, writeProducts } from './write-read-state.ts';

/** Everything that one pass of a purchase's workflow changes. */
export type PurchaseRecord = {
  epoch: number;
  /** The revision that this record makes. */
  revision: number;
  state: PurchaseState;
  now: Instant;
  entries: TimelineEntry[];
  emails: EmailIntent[];
  ends: RowEnd[];
  followUps: FollowUp[];
  /** The payments that differ from the last record. */
  payments: Payment[];
  stuckReason: string | null;
};

/** `superseded`: another run has claimed the purchase. `rival`: another live purchase of the same offer was born meanwhile. */
export type Recorded = { kind: 'recorded'; emails: QueuedEmail[] } | { kind: 'superseded' } | { kind: 'rival' };

/** Writes state, timeline, money, answers, emails and follow-ups in one transaction; the same record twice is written once. */
export async function recordPurchase(em: EntityManager, record: PurchaseRecord): Promise<Recorded> {
  try {
    return await em.transactional(async (tx) => {
      if (!(await advance(tx, record))) return alreadyThere(tx, record);
      await writeTimeline(tx, record);
      await writeMoney(tx, record);
      await writeProducts(tx, record);
      await bornEffects(tx, record);
      await endRows(tx, record);
      await followUp(tx, record);
      return { kind: 'recorded', emails: await writeEmails(tx, record) };
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException && String(error).includes('purchases_one_live'))
      return { kind: 'rival' };
    throw error;
  }
}

/** Fenced by the claim: only the newest run, and only its next revision. */
async function advance(tx: EntityManager, record: PurchaseRecord): Promise<boolean> {
  const row = purchaseRow(record);
  const columns = Object.keys(row);
  const assignments = columns.map((column) => `${column} = ?`).join(', ');
  const { purchaseId } = record.state;
  const updated = await tx.execute<{ id: string }[]>(
    `update purchases set ${assignments}, revision = ? where id = ? and epoch = ? and revision = ? returning id`,
    [...columns.map((column) => row[column]), record.revision, purchaseId, record.epoch, record.revision - 1],
  );
  return updated.length === 1;
}

async function alreadyThere(tx: EntityManager, { state, epoch, revision }: PurchaseRecord): Promise<Recorded> {
  const [row] = await tx.execute<{ epoch: number; revision: number }[]>(
    'select epoch, revision from purchases where id = ?',
    [state.purchaseId],
  );
  return row?.epoch === epoch && row.revision >= revision ? { kind: 'recorded', emails: [] } : { kind: 'superseded' };
}

async function writeTimeline(tx: EntityManager, { state, revision, entries }: PurchaseRecord): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry, position) => ({ id: uuid(), position, ...entry }));
  await tx.execute(
    `insert into timeline (id, account_id, purchase_id, revision, position, type, at, actor, command_id, data, change)
     select id, ?::uuid, ?::uuid, ?, position, type, at, actor, "commandId", data, change from jsonb_to_recordset(?::jsonb)
       as e(id uuid, position int, type text, at timestamptz, actor jsonb, "commandId" uuid, data jsonb, change jsonb)`,
    [state.accountId, state.purchaseId, revision, JSON.stringify(rows)],
  );
}

/** Whoever has bought is a customer from then on, and the checkout is over [R3.2]. */
async function bornEffects(tx: EntityManager, { state, entries }: PurchaseRecord): Promise<void> {
  const isBirth = entries.some(({ type }) => type === 'purchase.bought' || type === 'purchase.duplicate');
  if (!isBirth) return;
  await tx.execute('update contacts set customer_since = coalesce(customer_since, ?) where id = ?', [
    state.bornAt,
    state.contactId,
  ]);
  await tx.execute(`update checkouts set state = 'completed' where purchase_id = ?`, [state.purchaseId]);
}

async function endRows(tx: EntityManager, { ends, now }: PurchaseRecord): Promise<void> {
  if (ends.length === 0) return;
  const rows = ends.map(({ rowId, state, refusal, effects }) => ({ id: rowId, state, answer: { refusal, effects } }));
  await tx.execute(
    `update inbox set state = e.state, answer = e.answer, done_at = ?
     from jsonb_to_recordset(?::jsonb) as e(id uuid, state text, answer jsonb) where inbox.id = e.id and inbox.state = 'open'`,
    [now, JSON.stringify(rows)],
  );
  await tx.execute(`select pg_notify('answers', e.id) from jsonb_to_recordset(?::jsonb) as e(id text)`, [
    JSON.stringify(rows),
  ]);
}

/** Consequences become commands of the system's, in the same transaction as their cause. */
async function followUp(tx: EntityManager, { followUps, state, now }: PurchaseRecord): Promise<void> {
  for (const { name, input } of followUps) {
    await tx.execute(
      `insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor)
       values (?, ?, 'purchase', ?, 'command', ?, ?, ?::jsonb, ?::jsonb)`,
      [uuid(), state.accountId, state.purchaseId, name, now, JSON.stringify(input), JSON.stringify(SYSTEM)],
    );
  }
}
