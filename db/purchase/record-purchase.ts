import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { log } from '../../log.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { toColumns } from '../columns.ts';
import { dataFault } from '../data-fault.ts';
import type { PurchaseRecord } from './purchase-record.ts';
import { purchaseRow } from './purchase-row.ts';
import { adminsToTell, emailParts, emailRows, type QueuedEmail } from '../mail/write-emails.ts';
import { attentionParts, moneyParts, productsParts, type Part } from './write-read-state.ts';

/**
 * `superseded`: the row does not stand where the record begins, since another run has claimed it,
 * or this very record is there already and nobody heard of it: either way what stands there counts.
 * `duplicate`: another live purchase of the same offer has started meanwhile. `refused_by_data`:
 * Postgres will never take it, because of what is in it; `reason` is its constraint, or the code of
 * the error [R22.8].
 */
export type Recorded =
  | { kind: 'recorded'; emails: QueuedEmail[] }
  | { kind: 'superseded' }
  | { kind: 'duplicate' }
  | { kind: 'refused_by_data'; reason: string };

/**
 * Writes state, timeline, money, answers, emails and follow-ups at once or not at all; the same
 * record twice is written once.
 */
export async function recordPurchase(em: EntityManager, record: PurchaseRecord): Promise<Recorded> {
  const admins = await adminsToTell(em, record);
  // Ids are made in order, which settles equal instants where both are listed: what happened comes
  // before the emails that tell of it.
  const entryIds = record.entries.map(() => uuid());
  const happened = timelineParts(record, entryIds);
  const emails = emailRows(record, admins, entryIds);
  try {
    const isRecorded = await advance(em, record, [...happened, ...emailParts(record, emails)]);
    return isRecorded ? { kind: 'recorded', emails } : { kind: 'superseded' };
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException && String(error).includes('purchases_one_live'))
      return { kind: 'duplicate' };
    const reason = dataFault(error);
    if (reason === null) throw error;
    log.error({ purchaseId: record.state.purchaseId, reason }, 'record.refused_by_data');
    return { kind: 'refused_by_data', reason };
  }
}

/**
 * Everything in one statement, which is a transaction of its own: a verb records twice, and each
 * way to Postgres and back is waited for. Fenced by the claim: only the newest run, and only its
 * next revision; false where it is not, and nothing is written.
 */
async function advance(em: EntityManager, record: PurchaseRecord, told: Part[]): Promise<boolean> {
  const row = toColumns(purchaseRow(record));
  const columns = Object.keys(row);
  const assignments = columns.map((column) => `${column} = ?`).join(', ');
  const parts = [
    ...told,
    ...moneyParts(record),
    ...productsParts(record),
    ...attentionParts(record),
    ...endParts(record),
    ...startedParts(record),
    ...followUpParts(record),
  ];
  const { state, ends, epoch, revision } = record;
  const updated = await em.execute<{ id: string }[]>(
    `with advanced as (update purchases set ${assignments}, revision = ? where id = ? and epoch = ? and revision = ? returning id),
       ${parts.map(({ sql }, index) => `part${index} as (${sql})`).join(', ')}
     select id, (select count(pg_notify('answers', e.id)::text) from jsonb_to_recordset(?::jsonb) as e(id text)) from advanced`,
    [
      ...columns.map((column) => row[column]),
      revision,
      state.purchaseId,
      epoch,
      revision - 1,
      ...parts.flatMap(({ params }) => params),
      JSON.stringify(ends.map(({ rowId }) => ({ id: rowId }))),
    ],
  );
  return updated.length === 1;
}

function timelineParts({ state, revision, entries }: PurchaseRecord, ids: string[]): Part[] {
  if (entries.length === 0) return [];
  const rows = entries.map((entry, position) => ({ id: ids[position], position, ...entry }));
  const sql = `
    insert into timeline (id, account_id, purchase_id, revision, position, type, at, actor, command_id, data, change)
    select e.id, ?::uuid, ?::uuid, ?, position, type, at, actor, "commandId", data, change
    from advanced, jsonb_to_recordset(?::jsonb)
      as e(id uuid, position int, type text, at timestamptz, actor jsonb, "commandId" uuid, data jsonb, change jsonb)`;
  return [{ sql, params: [state.accountId, state.purchaseId, revision, JSON.stringify(rows)] }];
}

/**
 * Whoever has bought is a customer from then on, and the checkout is over [R3.2]. A password that
 * was set after an earlier checkout is dropped while nobody has proved to read the address's mail:
 * it opens what that checkout bought, and no more [R14.1].
 */
function startedParts({ state, entries }: PurchaseRecord): Part[] {
  const types = entries.map(({ type }) => type);
  if (!BIRTHS.some((birth) => types.includes(birth))) return [];
  const since = types.includes('purchase.granted') ? null : state.startedAt;
  return [
    { sql: NEW_CUSTOMER, params: [since, state.contactId] },
    { sql: `update checkouts set state = 'completed' from advanced where purchase_id = advanced.id`, params: [] },
  ];
}

const BIRTHS = ['purchase.bought', 'purchase.duplicate', 'purchase.granted'] as const;

const NEW_CUSTOMER = `
  update contacts set customer_since = coalesce(customer_since, ?::timestamptz),
    password_hash = case when address_proven_at is not null then password_hash end
  from advanced where contacts.id = ?`;

function endParts({ ends, now }: PurchaseRecord): Part[] {
  if (ends.length === 0) return [];
  const rows = ends.map(({ rowId, state, refusal, effects }) => ({ id: rowId, state, answer: { refusal, effects } }));
  const sql = `
    update inbox set state = e.state, answer = e.answer, done_at = ?
    from advanced, jsonb_to_recordset(?::jsonb) as e(id uuid, state text, answer jsonb) where inbox.id = e.id and inbox.state = 'open'`;
  return [{ sql, params: [now, JSON.stringify(rows)] }];
}

/** Consequences become commands of the system's, in the same transaction as their cause. */
const followUpParts = ({ followUps, state, now }: PurchaseRecord): Part[] =>
  followUps.map(({ name, input, at = now }) => ({
    sql: `
      insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor)
      select ?::uuid, ?::uuid, 'purchase', id, 'command', ?, ?::timestamptz, ?::jsonb, ?::jsonb from advanced`,
    params: [uuid(), state.accountId, name, at, JSON.stringify(input), JSON.stringify(SYSTEM)],
  }));
