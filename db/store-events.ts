import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../workflows/domain/instant.ts';
import { gather, type GatherLimits, type Waiting } from './gather.ts';

/** An event from Stripe that was verified, with what it says itself of whose it is. */
export type ArrivedEvent = {
  source: string;
  externalId: string;
  kind: string;
  at: Instant;
  body: Buffer;
  isLivemode: boolean;
  purchaseId: string | null;
  subscriptionId: string | null;
  paymentIntentId: string | null;
};

/**
 * `subjectId` null = whose it is has still to be found; `isNew` false = it was stored before; `isAwaited`: a test clock is moving there, which
 * takes in Stripe's events and wakes their purchases by itself, once for all of a step.
 */
export type StoredEvent = { isNew: boolean; rowId: string; subjectId: string | null; isAwaited: boolean };

export type EventStore = { store: (event: ArrivedEvent) => Promise<StoredEvent> };

/** While Postgres keeps one batch, the next is read and written to it. */
const LIMITS: GatherLimits = { atOnce: 250, underWay: 2 };

type Arrived = { id: string; event: ArrivedEvent };
type Batch = Waiting<Arrived, StoredEvent>[];

/** Stores events durably before it answers. Those that arrive together, or while others are being stored, share an insert. */
export function createEventStore(pool: pg.Pool): EventStore {
  const store = gather<Arrived, StoredEvent>((batch) => storeBatch(pool, batch), LIMITS);
  return { store: (event) => store({ id: uuid(), event }) };
}

/** One event that Postgres refuses must not refuse the others: then each is stored by itself. */
async function storeBatch(pool: pg.Pool, batch: Batch): Promise<void> {
  try {
    const stored = await insert(pool, batch);
    for (const { item, resolve } of batch) resolve(resultOf(item, stored));
  } catch (error) {
    if (batch.length === 1 || !isCuredOneByOne(error)) return batch.forEach(({ reject }) => reject(error));
    for (const one of batch) await storeBatch(pool, [one]);
  }
}

/**
 * SQLSTATE class 22 and 23 are the data's fault; 40P01 is a deadlock with another batch that holds the same events in another order.
 * Anything else would fail row by row as well.
 */
const isCuredOneByOne = (error: unknown): boolean => /^(2[23]|40P01)/.test((error as { code?: string }).code ?? '');

type StoredRow = { id: string; subject_id: string | null; is_awaited: boolean | null };

function resultOf({ id }: Arrived, stored: Map<string, StoredRow>): StoredEvent {
  const row = stored.get(id);
  return {
    isNew: row !== undefined,
    rowId: id,
    subjectId: row?.subject_id ?? null,
    isAwaited: row?.is_awaited === true,
  };
}

async function insert(pool: pg.Pool, batch: Batch): Promise<Map<string, StoredRow>> {
  const column = <Value>(of: (event: ArrivedEvent) => Value) => batch.map(({ item }) => of(item.event));
  const sizes = column((event) => event.body.length);
  let next = 1;
  const starts = sizes.map((size) => (next += size) - size);
  const { rows } = await pool.query<StoredRow>({
    name: 'store-events',
    text: INSERT,
    values: [
      batch.map(({ item }) => item.id),
      column((event) => event.source),
      column((event) => event.externalId),
      column((event) => event.kind),
      column((event) => event.at),
      Buffer.concat(column((event) => event.body)),
      starts,
      sizes,
      column((event) => event.isLivemode),
      column((event) => event.purchaseId),
      column((event) => event.subscriptionId),
      column((event) => event.paymentIntentId),
    ],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

// The subject is looked up in the same statement: by metadata, if such a purchase exists, then by Stripe's id of its subscription.
// What Stripe calls live never reaches a test account.
// All bodies are one parameter, which goes as it is: an array of them would be written in hexadecimal and read back. Without the inner
// selects Postgres would look at the arrays, and plan anew each time.
const INSERT = `
  with arrived as (
    select e.*, substring((select $6::bytea) from body_start for body_size) as body
    from unnest((select $1::uuid[]), (select $2::text[]), (select $3::text[]), (select $4::text[]), (select $5::timestamptz[]),
      (select $7::int[]), (select $8::int[]), (select $9::bool[]), (select $10::uuid[]), (select $11::text[]), (select $12::text[]))
      as e(id, source, external_id, kind, at, body_start, body_size, is_livemode, purchase_id, subscription_id, link)
  ), found as (
    select e.*, p.id as subject_id, p.account_id, p.is_awaited from arrived e
    left join lateral (
      select p.id, p.account_id, a.clock_target is not null as is_awaited from purchases p join accounts a on a.id = p.account_id
      where (p.id = e.purchase_id or p.stripe_subscription_id = e.subscription_id) and (a.mode = 'live' or not e.is_livemode)
      order by (p.id = e.purchase_id) desc nulls last limit 1
    ) p on true
  ), stored as (
    insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, state, source, external_id, link)
    select id, account_id, case when subject_id is not null then 'purchase' end, subject_id, 'fact', kind, at,
      case when subject_id is null then 'unmatched' else 'open' end, source, external_id, link from found
    on conflict (source, external_id) where external_id is not null do nothing
    returning id, subject_id
  ), bodies as (
    insert into inbox_bodies (inbox_id, body) select s.id, a.body from stored s join arrived a on a.id = s.id
  )
  select s.id, s.subject_id, f.is_awaited from stored s join found f on f.id = s.id`;
