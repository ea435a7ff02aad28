import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { ApiKey } from '../../db/entities/api-key.ts';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { PurchaseProduct } from '../../db/entities/purchase-product.ts';
import { productRows } from '../../db/purchase/write-read-state.ts';
import { keepRoutes } from '../../db/inbox/match-events.ts';
import type { Orm } from '../../db/orm.ts';
import { keepOwnStripeAccount } from '../../db/money/own-stripe-account.ts';
import { accessStatus } from '../../workflows/domain/access.ts';
import { billingStatus, isLive } from '../../workflows/domain/billing.ts';
import { startPurchase } from '../../workflows/domain/start-purchase.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Refusal } from '../../workflows/domain/refusals.ts';
import { ROLES, type Role } from '../../workflows/domain/verb.ts';
import { aContact, anAccount, anIncompletePurchase, anOffer, aProduct, T0 } from '../builders/rows.ts';
import { OWN_ACCOUNT } from './a-stripe.ts';

export { T0 };

/** An account with a key for each role, a contact, a product and a monthly offer. */
export type World = {
  accountId: string;
  keys: Record<Role, string>;
  contactId: string;
  productId: string;
  offerId: string;
};

export async function aWorld(orm: Orm, given: { mode?: 'live' | 'test' } = {}): Promise<World> {
  const em = orm.em.fork();
  const mode = given.mode ?? 'test';
  const names = { name: 'Studio', supportEmail: 'help@studio.test', ownerEmail: 'owner@studio.test' };
  const { accountId } = await anAccount(em, { ...names, mode });
  const keys = {} as Record<Role, string>;
  for (const role of ROLES) keys[role] = await aKey(em, role === 'operator' ? null : accountId, role);
  const contactId = await aContact(em, accountId, { email: 'ada@example.com' });
  const productId = await aProduct(em, accountId);
  const { offerId } = await anOffer(em, accountId, { name: 'Monthly', productIds: [productId] });
  return { accountId, keys, contactId, productId, offerId };
}

export async function aKey(em: EntityManager, accountId: string | null, role: Role): Promise<string> {
  const key = `pk_${role}_${uuid()}`;
  const keyHash = createHash('sha256').update(key).digest('hex');
  await em.insert(ApiKey, { id: uuid(), accountId, role, name: role, keyHash, createdAt: T0 });
  return key;
}

type Change = (state: PurchaseState) => PurchaseState;

/** An active monthly subscription with one payment, bought at T0; `change` makes it another. */
export async function aPurchase(
  orm: Orm,
  sold: Pick<World, 'contactId' | 'offerId'> & { forAccountId?: string },
  change: Change = (state) => state,
): Promise<string> {
  const em = orm.em.fork();
  const incomplete = await anIncompletePurchase(em, sold);
  const state = change(active(startPurchase(incomplete, T0)));
  const { purchaseId, startedAt, version, billing } = state;
  await em.nativeUpdate(
    Purchase,
    { id: purchaseId },
    {
      snapshot: state,
      startedAt,
      version,
      billingStatus: billingStatus(billing),
      accessStatus: accessStatus(state, T0),
      isLive: startedAt !== null && isLive(billing),
      stripeAccount: OWN_ACCOUNT,
      stripeSubscriptionId: billing.kind === 'subscription' ? billing.subscriptionId : null,
    },
  );
  await em.insertMany(PurchaseProduct, productRows({ state }));
  await keepOwnStripeAccount(em, OWN_ACCOUNT);
  const objectIds = billing.kind === 'subscription' && billing.subscriptionId ? [billing.subscriptionId] : [];
  await keepRoutes(em, { purchaseId, stripeAccount: OWN_ACCOUNT, objectIds });
  return purchaseId;
}

function active(state: PurchaseState): PurchaseState {
  if (state.billing.kind !== 'subscription') return state;
  const periodEnd = '2027-02-28T09:00:00.000Z';
  const payment = {
    amountMinor: 2900,
    currency: 'usd',
    paidAt: T0,
    periodStart: T0,
    periodEnd,
    refunds: [],
    disputedAt: null,
  };
  return {
    ...state,
    version: 1,
    billing: {
      ...state.billing,
      subscriptionId: `sub_${state.purchaseId}`,
      phase: 'active',
      periodStart: T0,
      periodEnd,
    },
    payments: [{ paymentId: `in_${state.purchaseId}`, ...payment }],
    refundWindow: { opensAt: T0, closesAt: '2027-03-02T09:00:00.000Z', usedAt: null, closedAt: null },
  };
}

/** Ends a command as its record would. */
export async function endCommand(orm: Orm, commandId: string, refusal: Refusal | null = null): Promise<void> {
  const effects = refusal ? null : { money: [], emails: [], refused: [] };
  const state = refusal ? 'refused' : 'applied';
  await orm.em.fork().nativeUpdate(InboxRow, { id: commandId }, { state, answer: { refusal, effects }, doneAt: T0 });
  await orm.em.fork().execute(`select pg_notify('answers', ?)`, [commandId]);
}
