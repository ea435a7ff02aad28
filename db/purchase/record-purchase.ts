import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { log } from '../../log.ts';
import { dataFault } from '../data-fault.ts';
import { adminsToTell, emailRows, type AdminsToTell, type QueuedEmail } from '../mail/write-emails.ts';
import { slotsOfRecord } from '../calls/asked-slots.ts';
import { lockSlots, shutSlots, type SlotsAsked } from '../calls/shut-slots.ts';
import { followInterval } from '../platform/follow-interval.ts';
import { followEntitlements } from '../platform/follow-entitlements.ts';
import { query, type Sql } from '../sql.ts';
import type { PurchaseRecord } from './purchase-record.ts';
import { recording, type Draft } from './record-parts.ts';

/**
 * `superseded`: the row does not stand where the record begins, since another run has claimed it,
 * or this very record is there already and nobody heard of it: either way what stands there counts.
 * `duplicate`: another live purchase of the same offer or group has started meanwhile.
 * `slot_taken`: what it books was taken, or closed, meanwhile.
 * `refused_by_data`: Postgres will never take it, because of what is in it; `reason` is its
 * constraint, or the code of the error [R22.8].
 */
export type Recorded =
  | { kind: 'recorded'; emails: QueuedEmail[] }
  | { kind: 'superseded' }
  | { kind: 'duplicate' }
  | { kind: 'slot_taken' }
  | { kind: 'refused_by_data'; reason: string };

/** What becomes of the record of one purchase: see `recordPurchases`. */
export async function recordPurchase(em: EntityManager, record: PurchaseRecord): Promise<Recorded> {
  const [recorded] = await recordPurchases(em, [record]);
  return recorded!;
}

/**
 * Writes state, timeline, money, answers, emails and follow-ups of several purchases, in as many
 * statements as one needs; of each at once or not at all, whatever becomes of the others. The same
 * record twice is written once.
 */
export async function recordPurchases(em: EntityManager, records: readonly PurchaseRecord[]): Promise<Recorded[]> {
  if (records.length === 0) return [];
  const admins = await adminsToTell(em, records);
  return write(
    em,
    records.map((record) => draftOf(record, admins)),
  );
}

/**
 * Ids are made in order, which settles equal instants where both are listed: what happened comes
 * before the emails that tell of it.
 */
function draftOf(record: PurchaseRecord, admins: AdminsToTell): Draft {
  const entryIds = record.entries.map(() => uuid());
  return { record, entryIds, emails: emailRows(record, admins, entryIds) };
}

/** What Postgres refuses of one must not stop the others: it is found by halves. */
async function write(em: EntityManager, drafts: Draft[]): Promise<Recorded[]> {
  try {
    const advanced = await advance(em, drafts);
    return drafts.map(({ record, emails }) =>
      advanced.has(record.state.purchaseId) ? { kind: 'recorded', emails } : { kind: 'superseded' },
    );
  } catch (error) {
    const reason = error instanceof SlotShut ? SLOT_SHUT : dataFault(error);
    const [draft] = drafts;
    if (reason === null || !draft) throw error;
    const half = Math.ceil(drafts.length / 2);
    if (half < drafts.length)
      return [...(await write(em, drafts.slice(0, half))), ...(await write(em, drafts.slice(half)))];
    if (reason.startsWith('purchases_one_live')) return [{ kind: 'duplicate' }];
    if (SLOT_CONSTRAINTS.includes(reason)) return [{ kind: 'slot_taken' }];
    log.error({ purchaseId: draft.record.state.purchaseId, reason }, 'record.refused_by_data');
    return [{ kind: 'refused_by_data', reason }];
  }
}

/**
 * Everything in one statement, which is a transaction of its own: a verb records twice, and each
 * way to Postgres and back is waited for. Within somebody's transaction, a statement that is
 * refused must not end it. Returns which purchases went on.
 */
async function advance(em: EntityManager, drafts: Draft[]): Promise<Set<string>> {
  const statement = recording(drafts);
  const slots = drafts.flatMap(({ record }) => slotsOfRecord(record));
  const forAccounts = drafts.filter(({ record }) => record.state.forAccountId !== undefined);
  if (slots.length > 0 || forAccounts.length > 0)
    return em.transactional(async (tx) => {
      const advanced = await advanceWith(tx, slots, statement);
      for (const { record } of forAccounts) if (advanced.has(record.state.purchaseId)) await follow(tx, record);
      return advanced;
    });
  const rows = em.isInTransaction()
    ? await em.transactional((tx) => query<{ id: string }>(tx, statement))
    : await query<{ id: string }>(em, statement);
  return new Set(rows.map(({ id }) => id));
}

/** Slots are tested once more where they are taken: hours may have changed meanwhile. */
async function advanceWith(tx: EntityManager, slots: SlotsAsked[], statement: Sql): Promise<Set<string>> {
  await lockSlots(tx, slots);
  for (const asked of slots) if ((await shutSlots(tx, asked)).length > 0) throw new SlotShut();
  const rows = await query<{ id: string }>(tx, statement);
  return new Set(rows.map(({ id }) => id));
}

/** What the account has follows what it is entitled to, at the same instant [R18.4]. */
async function follow(tx: EntityManager, record: PurchaseRecord): Promise<void> {
  const { forAccountId } = record.state;
  if (forAccountId !== undefined) await followEntitlements(tx, forAccountId, record.now);
  await followInterval(tx, record);
}

class SlotShut extends Error {}

const SLOT_SHUT = 'slot_shut';
const SLOT_CONSTRAINTS = [SLOT_SHUT, 'calls_one_at_a_time', 'seats_one_each', 'seats_one_per_person'];
