import type { EntityManager } from '@mikro-orm/postgresql';
import { nowOf } from '../../db/clock/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { lookIntoInbox } from '../../db/inbox/open-rows.ts';
import { wholeState } from '../../db/money/recalled-payments.ts';
import type { ReadObjects } from '../../workflows/domain/apply-reading.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import type { Context } from '../../workflows/domain/change.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { readPurchase, type PurchaseReader } from './read-purchase.ts';

/** A purchase with all of its payments, and how its facts would be judged now. */
export type StillPurchase = { accountId: string; revision: number; state: PurchaseState; context: Context };

/** The same beside what Stripe says of it at the same time. */
export type ComparedPurchase = StillPurchase & { reading: ReadObjects };

/**
 * A purchase of which nothing is open, pending or due, since only then it can be compared [R22.2];
 * null for any other. `now`: its account's.
 */
export async function stillPurchase(em: EntityManager, purchaseId: string): Promise<StillPurchase | null> {
  const purchase = await em.findOne(Purchase, { id: purchaseId }, { disableIdentityMap: true });
  const look = purchase && (await lookIntoInbox(em, purchaseId));
  const account = purchase && (await em.findOne(Account, { id: purchase.accountId }, { disableIdentityMap: true }));
  if (!look || !account) return null;
  const { rows, around } = look;
  const { accountId, hasPending, ownDueAt, revision, snapshot } = purchase;
  const now = nowOf(account);
  const isBusy = rows.length > 0 || hasPending || around.isMoving || (ownDueAt !== null && ownDueAt <= now);
  if (isBusy || around.revision !== revision) return null;
  const { settings, duplicateOf, requirement } = around;
  const context = { now, settings, duplicateOf, requirement };
  return { accountId, revision, state: await wholeState(em, snapshot), context };
}

/** What a purchase and Stripe say at one revision; null where it was busy, or has moved on. */
export async function lookAtPurchase(
  em: EntityManager,
  gateway: PurchaseReader,
  purchaseId: string,
): Promise<ComparedPurchase | null> {
  const still = await stillPurchase(em, purchaseId);
  if (!still) return null;
  const { state, context, revision } = still;
  const objects = await readPurchase(em, gateway, { purchaseId, subscriptionId: subscriptionIdOf(state.billing) });
  const after = await stillPurchase(em.fork(), purchaseId);
  return after?.revision === revision ? { ...still, reading: { objects, at: context.now } } : null;
}
