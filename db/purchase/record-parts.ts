import { v7 as uuid } from 'uuid';
import { traceparent } from '../../tracing/spans.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { callParts } from '../calls/call-parts.ts';
import { KEEP_NEWEST } from '../people/activity.ts';
import { emailParts, type EmailRow } from '../mail/write-emails.ts';
import { json, sql, type Sql } from '../sql.ts';
import { signUpParts } from '../platform/sign-up-parts.ts';
import { ledgerParts } from './ledger-parts.ts';
import type { PurchaseRecord } from './purchase-record.ts';
import { reasonParts } from './reason-parts.ts';
import { handedOverRevenue, revenueParts } from './revenue-parts.ts';
import { requestParts } from './request-parts.ts';
import { advancing, asParts, readStateParts, rowsOf } from './write-read-state.ts';

/** A record, with what is made of it before it is written. */
export type Draft = { record: PurchaseRecord; entryIds: string[]; emails: EmailRow[] };

/**
 * The statement that writes records, and returns the purchases that have gone on. Each is fenced by
 * the claim: only the newest run, and only its next revision; where it is not, nothing of it is
 * written.
 */
export function recording(drafts: Draft[]): Sql {
  const records = drafts.map(({ record }) => record);
  const parts = [
    ...timelineParts(drafts),
    ...emailParts(drafts.flatMap(({ emails }) => emails)),
    ...readStateParts(records),
    ...attentionParts(records),
    ...endParts(records),
    ...startedParts(records),
    ...handedOverParts(records),
    ...signUpParts(records),
    ...followUpParts(records),
    ...requestParts(records),
    ...reasonParts(drafts.map(({ record, entryIds }) => ({ ...record, entryIds }))),
    ...ledgerParts(records),
    ...revenueParts(records),
    ...callParts(records),
  ];
  const answered = records.flatMap(({ state: { purchaseId }, ends }) =>
    ends.map(({ rowId: id }) => ({ purchaseId, id })),
  );
  return sql`
    with advanced as (${advancing(records, nextOf(records))})${asParts(parts)}
    select a.id, (select count(pg_notify('answers', e.id)::text) from ${rowsOf(answered, 'id text')} where e."purchaseId" = a.id)
    from advanced a`;
}

/** By the same claim, the next revision, of what was looked at and is as it was. */
const nextOf = (records: PurchaseRecord[]): Sql => sql`
  p.epoch = r.epoch and p.revision = r.revision - 1 and p.heard_at is not distinct from r.heard_at
    and not exists (select from inbox i where i.id = any(${records.flatMap(({ takes = [] }) => takes)}) and i.subject_id = p.id
      and i.state <> 'open')`;

function timelineParts(drafts: Draft[]): Sql[] {
  const rows = drafts.flatMap(({ record: { state, entries }, entryIds }) =>
    entries.map((entry, position) => ({ purchaseId: state.purchaseId, id: entryIds[position], position, ...entry })),
  );
  if (rows.length === 0) return [];
  const columns =
    'id uuid, position int, type text, at timestamptz, actor jsonb, "commandId" uuid, data jsonb, change jsonb';
  return [
    sql`
      insert into timeline (id, account_id, purchase_id, revision, position, type, at, actor, command_id, data, change)
      select e.id, a.account_id, a.id, a.revision, e.position, e.type, e.at, e.actor, e."commandId", e.data, e.change
      from advanced a join ${rowsOf(rows, columns)} on e."purchaseId" = a.id`,
  ];
}

/** What a person has to decide, as queues read it: a copy of the snapshot's list. */
function attentionParts(records: PurchaseRecord[]): Sql[] {
  const renewed = records.filter(({ hasNewAttentions = true }) => hasNewAttentions).map(({ state }) => state);
  const rows = renewed.flatMap(({ purchaseId, attentions }) =>
    attentions.map(({ id, reason, since, command }) => {
      const commandId = command?.command.commandId ?? null;
      return { purchaseId, id, reason, since, commandId };
    }),
  );
  if (renewed.length === 0) return [];
  const gone = sql`
    delete from attentions t using advanced a
    where t.purchase_id = a.id and a.id = any(${renewed.map(({ purchaseId }) => purchaseId)})
      and not exists (select from ${rowsOf(rows, 'id text')} where e."purchaseId" = t.purchase_id and e.id = t.id)`;
  if (rows.length === 0) return [gone];
  const columns = 'id text, reason text, since timestamptz, "commandId" text';
  return [
    gone,
    sql`
      insert into attentions (purchase_id, id, account_id, reason, since, command_id)
      select a.id, e.id, a.account_id, e.reason, e.since, e."commandId"
      from advanced a join ${rowsOf(rows, columns)} on e."purchaseId" = a.id
      on conflict (purchase_id, id) do update
        set reason = excluded.reason, since = excluded.since, command_id = excluded.command_id`,
  ];
}

function endParts(records: PurchaseRecord[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId }, now, ends }) =>
    ends.map(({ rowId, state, refusal, effects }) => {
      const answer = { refusal, effects };
      return { purchaseId, id: rowId, state, answer, at: now };
    }),
  );
  if (rows.length === 0) return [];
  // By their ids, which are few, so that nobody reads the whole inbox.
  return [
    sql`
      update inbox set state = e.state, answer = e.answer, done_at = e.at
      from advanced a join ${rowsOf(rows, 'id uuid, state text, answer jsonb, at timestamptz')} on e."purchaseId" = a.id
      where inbox.id = any(${rows.map(({ id }) => id)}) and inbox.id = e.id and inbox.state = 'open'`,
  ];
}

/**
 * Whoever has bought is a customer from then on, unless it was granted [R3.2], has done something
 * by it [R17.1], and the checkout is over. A password that was set after an earlier checkout is
 * dropped while nobody has proved to read the address's mail: it opens what that checkout bought,
 * and no more [R14.1].
 */
function startedParts(records: PurchaseRecord[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId, startedAt }, entries }) => {
    const types = entries.map(({ type }) => type);
    if (!BIRTHS.some((birth) => types.includes(birth))) return [];
    const isBought = types.includes('purchase.bought');
    return [{ purchaseId, isBought, since: types.includes('purchase.granted') ? null : startedAt, at: startedAt }];
  });
  if (rows.length === 0) return [];
  const started = sql`advanced a join ${rowsOf(rows, '"isBought" boolean, since timestamptz, at timestamptz')} on e."purchaseId" = a.id`;
  return [
    sql`
      update contacts set customer_since = coalesce(customer_since, s.since),
        password_hash = case when address_proven_at is not null then password_hash end,
        password_dropped_at = case when address_proven_at is null and password_hash is not null then s.at else password_dropped_at end
      from (select a.contact_id, min(e.since) as since, max(e.at) as at from ${started} group by a.contact_id) s where contacts.id = s.contact_id`,
    sql`
      insert into contact_activity as c (contact_id, account_id, last_other_at, is_customer)
      select a.contact_id, p.account_id, max(e.since), bool_and(not c.is_test) from ${started}
        join purchases p on p.id = a.id join contacts c on c.id = a.contact_id
      where e."isBought" group by a.contact_id, p.account_id
      ${KEEP_NEWEST}`,
    // What ended unpaid and was bought after all, as long as Stripe's link to it works, says so.
    sql`
      update checkouts c set state = case when c.ended_at is null then 'completed' else c.state end,
        recovered_by = case when c.ended_at is not null and e."isBought" then a.id end,
        recovered_at = case when c.ended_at is not null and e."isBought" then e.since end
      from ${started} join purchases p on p.id = a.id
      where c.holder_id = p.holder_id and c.offer_id = p.offer_id and c.recovered_by is null
        and (c.purchase_id = a.id or (e."isBought" and c.ended_at > e.since - interval '30 days'))`,
  ];
}

const BIRTHS = ['purchase.bought', 'purchase.duplicate', 'purchase.granted'] as const;

/** Whose a purchase is stands with all that belongs to it; what is open is derived anew as ever. */
function handedOverParts(records: PurchaseRecord[]): Sql[] {
  const handed = records.filter(({ entries }) => entries.some(({ type }) => type === 'purchase.contact-changed'));
  const ids = handed.map(({ state }) => state.purchaseId);
  if (ids.length === 0) return [];
  const theirs = sql`from advanced a where t.purchase_id = a.id and a.id = any(${ids})`;
  return [
    ...['calls', 'seats', 'credits', 'checkouts'].map(
      (table) => sql`update ${sql.table(table)} t set contact_id = a.contact_id ${theirs}`,
    ),
    sql`update payments t set contact_id = a.contact_id ${theirs} and t.paid_at is not null`,
    handedOverRevenue(handed),
    sql`update contacts c set customer_since = coalesce(c.customer_since, p.started_at)
      from advanced a join purchases p on p.id = a.id where c.id = a.contact_id and a.id = any(${ids})`,
  ];
}

/** Consequences become commands of the system's, in the same transaction as their cause. */
function followUpParts(records: PurchaseRecord[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId }, now, followUps }) =>
    followUps.map((followUp, position) => ({ purchaseId, position, id: uuid(), at: now, ...followUp })),
  );
  const [own, ofDependents] = [rows.filter(({ to }) => to === undefined), rows.filter(({ to }) => to === 'dependents')];
  return [
    ...commandParts(own, sql`e.id as id, a.id as subject_id`, sql``),
    ...commandParts(ofDependents, sql`gen_random_uuid() as id, d.id as subject_id`, DEPENDENTS),
  ];
}

/**
 * Whatever requires it, or the offer that it was, paid or not yet: each finds out at its turn
 * whether another one satisfies it [R27.6].
 */
const DEPENDENTS = sql`
  join purchases p on p.id = a.id
  join purchases d on d.holder_id = p.holder_id and d.requires <> '{}' and d.id <> p.id
    and coalesce((e.input ->> 'offerId')::uuid, p.offer_id) = any(d.requires)
    and (d.carries_until is null or d.carries_until > e.at)`;

function commandParts(rows: object[], whose: Sql, subjects: Sql): Sql[] {
  if (rows.length === 0) return [];
  const columns = 'position int, id uuid, name text, input jsonb, at timestamptz';
  return [
    sql`
      insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor, traceparent)
      select w.id, w.account_id, 'purchase', w.subject_id, 'command', w.name, w.at, w.input, ${json(SYSTEM)}, ${traceparent()}
      from (select ${whose}, a.account_id, a.id as cause_id, e.position, e.name, e.at, e.input
        from advanced a join ${rowsOf(rows, columns)} on e."purchaseId" = a.id ${subjects}) w
      order by w.cause_id, w.position`,
  ];
}
