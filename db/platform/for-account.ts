import { isLive } from '../../workflows/domain/billing.ts';
import { intervalOf } from '../../workflows/domain/price.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { givesQuotas, isAddOn } from '../../workflows/domain/quotas.ts';
import { accountIdOf, scopeTo, type Scoped } from '../account-scope.ts';
import { nowOf } from '../clock/account-clock.ts';
import type { Account } from '../entities/account.ts';
import { Offer } from '../entities/offer.ts';
import { Purchase } from '../entities/purchase.ts';
import { ownerEmailOf } from './owner-of.ts';
import { platformAccount } from './platform-account.ts';

/**
 * The platform as an account that buys of it reaches it: `em` is inside of the platform, and what
 * is read through here are the account's own purchases alone.
 */
export type AtPlatform = {
  em: Scoped;
  platform: Account;
  /** By the platform's clock, which its purchases obey [R27.9]. */
  now: Instant;
  forAccountId: string;
  ownerEmail: string;
};

/** null = there is no platform to buy of, or this is the platform itself. */
export async function enterPlatform(em: Scoped): Promise<AtPlatform | null> {
  const forAccountId = accountIdOf(em);
  const platform = await platformAccount(em);
  const ownerEmail = await ownerEmailOf(em, forAccountId);
  if (!platform || ownerEmail === null || platform.id === forAccountId) return null;
  const within = scopeTo(em.fork(), platform.id);
  return { em: within, platform, now: nowOf(platform), forAccountId, ownerEmail };
}

/** What was bought or granted for the account, the newest first; with its latest payments. */
export function purchasesFor({ em, forAccountId }: AtPlatform): Promise<Purchase[]> {
  return em.find(
    Purchase,
    { holderId: forAccountId, forAccountId, startedAt: { $ne: null } },
    { orderBy: { startedAt: 'desc', id: 'desc' }, disableIdentityMap: true },
  );
}

/** The account's add-on: the live one, else the last that it had; null = it never had one. */
export async function addOnFor(at: AtPlatform): Promise<Purchase | null> {
  const addOns = (await purchasesFor(at)).filter(
    ({ duplicateOf, snapshot }) => duplicateOf === null && isAddOn(snapshot.terms),
  );
  return addOns.find(({ snapshot }) => isLive(snapshot.billing)) ?? addOns[0] ?? null;
}

/** The account's plan, which has quotas: the live one, else the last that it had. */
export async function planFor(at: AtPlatform): Promise<Purchase | null> {
  const plans = (await purchasesFor(at)).filter(
    ({ duplicateOf, entitlement }) => duplicateOf === null && givesQuotas(entitlement),
  );
  return plans.find(({ snapshot }) => isLive(snapshot.billing)) ?? plans[0] ?? null;
}

export type AddOnToSell = { offer: Offer; plan: Purchase | null };

/**
 * The add-on's offer for the account's plan, which is billed at its interval [R19.1]; without a
 * plan the first there is, so that what it requires can be said. null = none is for sale.
 */
export async function addOnToSell({ em }: AtPlatform, purchases: readonly Purchase[]): Promise<AddOnToSell | null> {
  const offers = await em.find(
    Offer,
    { archivedAt: null, quotaFactor: { $ne: null } },
    { orderBy: { createdAt: 'asc', id: 'asc' } },
  );
  for (const plan of purchases.filter(({ snapshot }) => isLive(snapshot.billing))) {
    const fitting = offers.filter(({ requires }) => requires.includes(plan.offerId));
    const interval = intervalOf(plan.snapshot.terms.price);
    const offer = fitting.find(({ price }) => intervalOf(price) === interval) ?? fitting[0];
    if (offer) return { offer, plan };
  }
  const [offer] = offers;
  return offer ? { offer, plan: null } : null;
}
