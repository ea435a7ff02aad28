import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { LIFECYCLE_SETTINGS, type LifecycleSettings } from '../../workflows/domain/settings.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { toInstant, toInstantOrNull } from '../instants.ts';
import {
  DEPENDENTS,
  REQUIREMENT,
  toRequirements,
  type Requirements,
  type StoredRequirements,
} from '../purchase/requirements.ts';
import { query, sql } from '../sql.ts';

/** An open row as it is stored; `body` is the event as it arrived. */
export type OpenRow = {
  rowId: string;
  seq: number;
  at: Instant;
  kind: string;
  isCommand: boolean;
  input: unknown;
  actor: Actor;
  planHash: string | null;
  expectedVersion: number | null;
  link: string | null;
  body: Buffer | null;
};

export type Surroundings = {
  /** Where the purchase's row stands: a run that holds another place has to take it over again. */
  epoch: number;
  revision: number;
  settings: LifecycleSettings;
  clock: Instant | null;
  isMoving: boolean;
  isBetweenSteps: boolean;
  duplicateOf: string | null;
  heardAt: Instant | null;
  /** Its snapshot keeps its latest payments only. */
  hasEarlierPayments: boolean;
  /** The card of which it is known until when it is valid; null = of none. */
  knownCard: string | null;
} & Requirements;

/** A purchase never has more open rows than this in hand; what is over waits for the next look. */
export const MOST_ROWS = 200;

/**
 * What a workflow sees of an account's settings, by name: its history keeps what it was answered.
 * What a row lacks, it lacks here as well.
 */
const SEEN_SETTINGS = sql`jsonb_strip_nulls(jsonb_build_object(${sql.join(
  LIFECYCLE_SETTINGS.map((name) => sql`${sql.lit(name)}, a.settings -> ${sql.lit(name)}`),
)}))`;

/** Where a purchase stands, and what decides besides it. */
export const around = (purchaseId: string) => sql`
  select p.epoch, p.revision, p.heard_at, ${SEEN_SETTINGS} as settings, coalesce(a.clock_step, a.clock_at) as clock,
    p.snapshot -> 'earlierPayments' is not null as has_earlier_payments, p.snapshot #>> '{billing,card,methodId}' as known_card, a.clock_target is not null as is_moving, a.clock_target is not null and a.clock_step is null as is_between_steps,
    (select r.id from purchases r where p.started_at is null and r.holder_id = p.holder_id and (r.offer_id = p.offer_id or r.group_name = p.group_name)
      and (r.is_live or r.billing_status = 'paid' and r.access_status <> 'none' and r.offer_id = p.offer_id and not coalesce((p.snapshot -> 'terms' ->> 'repeatable')::boolean, false))
      and r.duplicate_of is null and r.origin = 'bought' and r.id <> p.id limit 1) as duplicate_of,
    ${REQUIREMENT} as requirement, ${DEPENDENTS} as dependents
  from purchases p join accounts a on a.id = p.account_id where p.id = ${purchaseId}`;

/**
 * One way to Postgres and back, and one instant of it. Texts for customers stay here: what is
 * answered stands in workflow histories [R24.4].
 */
const look = (purchaseId: string) => sql`
  with around as materialized (${around(purchaseId)}), opened as (
    select i.id, i.seq, i.at, i.kind, i.class, i.input, i.actor, i.plan_hash, i.expected_version, i.link, b.body
    from inbox i left join inbox_bodies b on b.inbox_id = i.id
    where i.subject_id = ${purchaseId} and i.state = 'open' order by i.seq limit ${sql.lit(MOST_ROWS)}
  )
  select * from around left join opened on true order by seq`;

export type StoredAround = {
  epoch: number;
  revision: number;
  heard_at: Date | null;
  has_earlier_payments: boolean;
  known_card: string | null;
  settings: LifecycleSettings;
  clock: Date | null;
  is_moving: boolean;
  is_between_steps: boolean;
  duplicate_of: string | null;
} & StoredRequirements;

type StoredRow = {
  id: string;
  seq: string;
  at: Date;
  kind: string;
  class: 'command' | 'fact';
  input: unknown;
  actor: Actor;
  plan_hash: string | null;
  expected_version: number | null;
  link: string | null;
  body: Buffer | null;
};

/**
 * What decides besides the purchase itself: the account's choices and clock, and another live
 * purchase of the same offer.
 */
export type Look = { around: Surroundings; rows: OpenRow[] };

/**
 * The open rows of one purchase, in the order of their arrival, and what is around them; null where
 * there is no such purchase (any more).
 */
export async function lookIntoInbox(em: EntityManager, purchaseId: string): Promise<Look | null> {
  const found = await query<StoredAround & (StoredRow | { id: null })>(em, look(purchaseId));
  const [first] = found;
  if (!first) return null;
  return { around: toSurroundings(first), rows: found.flatMap((row) => (row.id === null ? [] : toOpenRow(row))) };
}

export const toSurroundings = (found: StoredAround): Surroundings => ({
  epoch: found.epoch,
  revision: found.revision,
  settings: found.settings,
  clock: toInstantOrNull(found.clock),
  isMoving: found.is_moving,
  isBetweenSteps: found.is_between_steps,
  duplicateOf: found.duplicate_of,
  heardAt: toInstantOrNull(found.heard_at),
  hasEarlierPayments: found.has_earlier_payments,
  knownCard: found.known_card,
  ...toRequirements(found),
});

const toOpenRow = (row: StoredRow): OpenRow => ({
  rowId: row.id,
  seq: Number(row.seq),
  at: toInstant(row.at),
  kind: row.kind,
  isCommand: row.class === 'command',
  input: row.input,
  actor: row.actor,
  planHash: row.plan_hash,
  expectedVersion: row.expected_version,
  link: row.link,
  body: row.body,
});
