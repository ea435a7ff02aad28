import type { EntityManager } from '@mikro-orm/postgresql';
import type { Command } from '../../workflows/domain/pending.ts';
import type { Refusal } from '../../workflows/domain/refusals.ts';
import type { LifecycleSettings } from '../../workflows/domain/settings.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import { holdBack } from '../../workflows/verbs/hold-back.ts';
import { toInstant } from '../instants.ts';
import type { PurchaseRecord } from '../purchase/purchase-record.ts';
import { recordPurchases } from '../purchase/record-purchase.ts';
import { query, run, sql } from '../sql.ts';

/** Beyond whatever a lost run may have counted up to: none of them records anything any more. */
const FAR = 1_000_000;

/**
 * `heldBack`: verbs that a person has to decide about; `unknownEmails`: those that may have gone
 * out since.
 */
export type Settled = { purchases: number; heldBack: number; unknownEmails: number };

/**
 * Prepares an older copy to continue. Nothing that it was about to do happens by itself, since it
 * may have been done after the copy was taken.
 */
export async function settleRestored(tx: EntityManager): Promise<Settled> {
  const purchases = await run(tx, sql`update purchases set epoch = epoch + ${FAR}`);
  const unknownEmails = await run(
    tx,
    sql`update emails set state = 'unknown', reason = 'restored' where state = 'queued'`,
  );
  // Their recipients may have got it all since, or have unsubscribed: a person lets them go on.
  await run(tx, sql`update bulk_jobs set state = 'paused' where state in ('scheduled', 'running')`);
  // Who has signed out since, or used a one-time link or code up, has done so for good.
  await run(tx, sql`delete from sessions`);
  await run(tx, sql`update login_tokens set used_at = now() where used_at is null`);
  for (const table of ['half_logins', 'passkey_challenges', 'recovery_codes'])
    await run(tx, sql`delete from ${sql.table(table)}`);
  const records: PurchaseRecord[] = [];
  for (const id of await purchasesAtWork(tx)) records.push(...(await holdingBack(tx, id)));
  const recorded = await recordPurchases(tx, records);
  if (recorded.some(({ kind }) => kind !== 'recorded')) throw new Error('what is held back was not recorded');
  return { purchases, heldBack: records.flatMap(({ entries }) => entries).length, unknownEmails };
}

async function purchasesAtWork(tx: EntityManager): Promise<string[]> {
  const rows = await query<{ id: string }>(
    tx,
    sql`select id from purchases where has_pending
     union select subject_id from inbox where state = 'open' and class = 'command' and subject_kind = 'purchase'`,
  );
  return rows.map(({ id }) => id);
}

type Found = { snapshot: object; epoch: number; revision: number; settings: LifecycleSettings; now: Date };

/** The record that holds a purchase's verbs back, if there are any. */
async function holdingBack(tx: EntityManager, purchaseId: string): Promise<PurchaseRecord[]> {
  const [found] = await query<Found>(
    tx,
    sql`select p.snapshot, p.epoch, p.revision, a.settings - 'selfCancel' as settings, coalesce(a.clock_step, a.clock_at, now()) as now
     from purchases p join accounts a on a.id = p.account_id where p.id = ${purchaseId}`,
  );
  if (!found) return [];
  const { epoch, revision, settings } = found;
  const now = toInstant(found.now);
  const before = liftSnapshot(found.snapshot);
  const { state, entries, endedIds } = holdBack(before, await openCommands(tx, purchaseId), settings, now);
  if (entries.length === 0) return [];
  const ends = endedIds.map((rowId) => ({ rowId, state: 'failed' as const, refusal: RESTORED, effects: null }));
  const nothing = { emails: [], followUps: [], payments: [], stuckReason: null };
  return [{ epoch, revision: revision + 1, state, now, entries, ends, ...nothing }];
}

const RESTORED: Refusal = {
  code: 'abandoned',
  detail:
    'The database was restored from an older copy: this may have been done since. It needs attention on the page of the purchase.',
};

type StoredCommand = {
  id: string;
  kind: CommandName;
  at: Date;
  input: unknown;
  actor: Command['actor'];
  plan_hash: string | null;
  expected_version: number | null;
};

async function openCommands(tx: EntityManager, purchaseId: string): Promise<Command[]> {
  const rows = await query<StoredCommand>(
    tx,
    sql`select id, kind, at, input, actor, plan_hash, expected_version from inbox
     where subject_id = ${purchaseId} and state = 'open' and class = 'command' order by seq`,
  );
  return rows.map(({ id, kind, at, input, actor, plan_hash, expected_version }) => ({
    commandId: id,
    name: kind,
    input,
    actor,
    askedAt: toInstant(at),
    planHash: plan_hash,
    expectedVersion: expected_version,
  }));
}
