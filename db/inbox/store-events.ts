import type { Orm } from '../orm.ts';
import { query, sql, type Sql } from '../sql.ts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { traceparent } from '../../tracing/spans.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { dataFault } from '../data-fault.ts';
import { batch, type BatchLimits, type Waiting } from '../batch.ts';
import { accountOf, claims, IS_OF_A_PAYMENT, matchPointing, routed } from './match-events.ts';

/**
 * An event from Stripe that was verified, with what it says itself of whose it is: see `Route` at
 * its reading.
 */
export type ArrivedEvent = {
  source: string;
  externalId: string;
  kind: string;
  at: Instant;
  body: Buffer;
  isLivemode: boolean;
  refs: string[];
  pointsAt: string | null;
  customerId: string | null;
  names: string[];
};

/**
 * `subjectId` null: its purchase is not known yet. `isNew` false: it was stored before.
 * `isAwaited`: a moving test clock takes in Stripe's events and wakes their purchases itself, once
 * per step. `isForeign`: it concerns nothing and nobody known here, and was not stored; most events
 * are foreign where others share the Stripe account.
 */
export type StoredEvent = {
  isNew: boolean;
  rowId: string;
  subjectId: string | null;
  isAwaited: boolean;
  isForeign: boolean;
};

export type EventStore = { store: (event: ArrivedEvent) => Promise<StoredEvent> };

/** While Postgres keeps one batch, the next is read and written to it. */
const LIMITS: BatchLimits = { atOnce: 250, underWay: 2 };

/** `traceparent`: of the request that brought it. */
type Arrived = { id: string; event: ArrivedEvent; traceparent: string | null };
type Batch = Waiting<Arrived, StoredEvent>[];

/**
 * Stores events durably before it answers. Those that arrive together, or while others are being
 * stored, share an insert.
 */
export function createEventStore(orm: Orm): EventStore {
  const store = batch<Arrived, StoredEvent>((batch) => storeBatch(orm.em.fork(), batch), LIMITS);
  return { store: (event) => store({ id: uuid(), event, traceparent: traceparent() }) };
}

/** One event that Postgres refuses must not refuse the others: then each is stored by itself. */
async function storeBatch(em: EntityManager, batch: Batch): Promise<void> {
  try {
    const stored = await insert(em, batch);
    await matchWhatWaited(em, stored);
    for (const { item, resolve } of batch) resolve(resultOf(item, stored));
  } catch (error) {
    if (batch.length === 1 || !isCuredOneByOne(error)) return batch.forEach(({ reject }) => reject(error));
    for (const one of batch) await storeBatch(em, [one]);
  }
}

/**
 * 40P01 is a deadlock with another batch that holds the same events in another order. Anything else
 * would fail row by row as well.
 */
const isCuredOneByOne = (error: unknown): boolean =>
  dataFault(error) !== null || (error as { code?: string }).code === '40P01';

type FoundRow = {
  id: string;
  is_new: boolean;
  is_kept: boolean;
  subject_id: string | null;
  is_awaited: boolean | null;
  /** The purchase whose routes this one brought, or waits for. */
  waits_for: string | null;
};

function resultOf({ id }: Arrived, found: Map<string, FoundRow>): StoredEvent {
  const row = found.get(id);
  return {
    isNew: row?.is_new === true,
    rowId: id,
    subjectId: row?.subject_id ?? null,
    isAwaited: row?.is_awaited === true,
    isForeign: row?.is_kept === false,
  };
}

/**
 * Events of a checkout arrive in any order and through several processes. Whoever brings a
 * purchase's routes, and whoever comes before them, both look again after their commit, so that one
 * of them sees the other.
 */
async function matchWhatWaited(em: EntityManager, found: Map<string, FoundRow>): Promise<void> {
  const purchaseIds = [...new Set([...found.values()].flatMap(({ waits_for }) => waits_for ?? []))];
  if (purchaseIds.length === 0) return;
  for (const { rowId, purchaseId } of await matchPointing(em, purchaseIds)) {
    const row = found.get(rowId);
    if (row) row.subject_id = purchaseId;
  }
}

async function insert(em: EntityManager, batch: Batch): Promise<Map<string, FoundRow>> {
  const kinds = new Set(batch.map(({ item: { event } }) => event.kind));
  const more = [
    ...(kinds.has(PAYMENT_FAILED) || kinds.has(EXPIRED) ? [END_CHECKOUTS] : []),
    ...(kinds.has(COMPLETED) ? [FOLLOW_RECOVERED] : []),
  ];
  const found = await query<FoundRow>(em, storing(arrived(batch), sql.join([sql``, ...more], sql`, `)));
  return new Map(found.map((row) => [row.id, row]));
}

/**
 * A batch as rows. All bodies are one parameter in binary: an array of them would be written in
 * hexadecimal and parsed. Without the inner selects Postgres would look into the arrays and plan
 * afresh each time.
 */
function arrived(batch: Batch): Sql {
  const column = <Value>(of: (event: ArrivedEvent) => Value) => batch.map(({ item }) => of(item.event));
  const sizes = column(({ body }) => body.length);
  let next = 1;
  const starts = sizes.map((size) => (next += size) - size);
  const bodies = Buffer.concat(column(({ body }) => body));
  return sql`
    select e.id, source, external_id, kind, at, is_livemode, points_at, customer_id, traceparent, string_to_array(ref_list, ' ') as refs,
      string_to_array(name_list, ' ') as names, ${accountOf(sql`source`)} as stripe_account,
      substring((select ${bodies}::bytea) from body_start for body_size) as body
    from unnest((select ${batch.map(({ item }) => item.id)}::uuid[]), (select ${column(({ source }) => source)}::text[]),
      (select ${column(({ externalId }) => externalId)}::text[]), (select ${column(({ kind }) => kind)}::text[]),
      (select ${column(({ at }) => at)}::timestamptz[]), (select ${starts}::int[]), (select ${sizes}::int[]),
      (select ${column(({ isLivemode }) => isLivemode)}::bool[]), (select ${column(({ refs }) => refs.join(' '))}::text[]),
      (select ${column(({ pointsAt }) => pointsAt)}::uuid[]), (select ${column(({ customerId }) => customerId)}::text[]),
      (select ${column(({ names }) => names.join(' '))}::text[]),
      (select ${batch.map(({ item }) => item.traceparent)}::text[]))
      as e(id, source, external_id, kind, at, body_start, body_size, is_livemode, ref_list, points_at, customer_id, name_list, traceparent)`;
}

const PAYMENT_FAILED = 'checkout.session.async_payment_failed';
const EXPIRED = 'checkout.session.expired';
const COMPLETED = 'checkout.session.completed';

/**
 * A further part, for the few batches that have such an event. Why a session expired, Stripe is
 * asked later.
 */
const END_CHECKOUTS = sql`ended as (
    update checkouts c set state = 'expired', ended_at = coalesce(c.ended_at, j.at),
      reason = case when j.kind = ${sql.lit(PAYMENT_FAILED)} then 'declined' else c.reason end
    from judged j join stored using (id) join purchases p on p.id = j.subject_id
    where c.purchase_id = p.id and p.started_at is null
      and (j.kind = ${sql.lit(PAYMENT_FAILED)} or (j.kind = ${sql.lit(EXPIRED)} and c.state = 'open'))
  )`;

/** Of a session that was begun anew the second ref is the one that had expired. */
const FOLLOW_RECOVERED = sql`followed as (
    update checkouts c set stripe_session_id = j.refs[1] from judged j join stored using (id)
    where j.kind = ${sql.lit(COMPLETED)} and cardinality(j.refs) = 2
      and c.purchase_id = j.subject_id and c.stripe_session_id = j.refs[2]
  )`;

/** What its purchase has nothing to do with: it is applied by being stored. */
const SAYS_ALL = sql`(names <> '{}' or kind = ${sql.lit(EXPIRED)})`;

// The same statement decides whose an event is: by an object that is known to be a purchase's, in
// the same Stripe account. If it only names a purchase that has a subscription already, that
// purchase judges it; otherwise it waits for word of the checkout [R5.8, R22.1]. What Stripe calls
// live never reaches a test account.
const storing = (events: Sql, more: Sql) => sql`
  with arrived as (${events}
  ), found as (
    select e.*, r.purchase_id as routed_to, r.payment_id as link, p.id as named_id, p.account_id, p.is_awaited,
      p.stripe_account = e.stripe_account as is_here,
      case when r.purchase_id is not null or ${claims(sql`p`, sql`e`)} then p.id end as subject_id
    from arrived e ${routed(sql`e`)}
    left join lateral (
      select p.id, p.account_id, p.stripe_account, p.stripe_subscription_id, a.clock_target is not null as is_awaited
      from purchases p join accounts a on a.id = p.account_id
      where p.id = coalesce(r.purchase_id, e.points_at) and (a.mode = 'live' or not e.is_livemode)
    ) p on true
  ), judged as (
    select f.*, routed_to is not null or named_id is not null or stripe_account is null
      or exists (select from stripe_customers c where c.stripe_account = f.stripe_account and c.stripe_customer_id = f.customer_id)
      or (${IS_OF_A_PAYMENT} and exists (select from stripe_objects o where o.stripe_account = f.stripe_account)) as is_kept
    from found f
  ), stored as (
    insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, state, source, external_id, link, refs, points_at, done_at, traceparent)
    select id, case when subject_id is not null then account_id end, case when subject_id is not null then 'purchase' end, subject_id,
      'fact', kind, at, case when subject_id is null then 'unmatched' when ${SAYS_ALL} then 'applied' else 'open' end, source,
      external_id, link, case when subject_id is null then refs end, case when subject_id is null then points_at end,
      case when subject_id is not null and ${SAYS_ALL} then at end, traceparent
    from judged where is_kept
    on conflict (source, external_id) where external_id is not null do nothing
    returning id
  ), bodies as (
    insert into inbox_bodies (inbox_id, body) select s.id, a.body from stored s join arrived a on a.id = s.id
  ), routes as (
    insert into stripe_objects (stripe_account, object_id, account_id, purchase_id)
    select stripe_account, unnest(names), account_id, subject_id from judged join stored using (id)
    where subject_id is not null and stripe_account is not null
    on conflict do nothing
  )${more}
  select j.id, s.id is not null as is_new, is_kept, subject_id, is_awaited,
    case when s.id is null then null when subject_id is null and is_here then named_id when names <> '{}' then subject_id end as waits_for
  from judged j left join stored s on s.id = j.id`;
