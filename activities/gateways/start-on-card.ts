import type { Scoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Offer } from '../../db/entities/offer.ts';
import { matchPointing } from '../../db/inbox/match-events.ts';
import { keepOwnStripeAccount } from '../../db/money/own-stripe-account.ts';
import { stripeAccountOf, stripeAccountOfAccount } from '../../db/money/stripe-account.ts';
import { keepStarted, type Hindered } from '../../db/purchase/checkouts.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { isCharged } from '../../workflows/domain/price.ts';
import { trialScopeOf } from '../../workflows/domain/settings.ts';
import { ensurePrice } from './ensure-price.ts';
import { freshCheckout } from './fresh-checkout.ts';
import type { StripeGateway } from './stripe/gateway.ts';
import type { Wakes } from './temporal.ts';

/** `cardOf`: the subscription of the same customer whose card is to pay, and its purchase. */
type Asked = {
  em: Scoped;
  account: Account;
  offer: Offer;
  email: string;
  forAccountId: string;
  cardOf: { subscriptionId: string; purchaseId: string };
  now: Instant;
};

export type StartDeps = {
  stripe: Pick<StripeGateway, 'createPrice' | 'expireCheckout' | 'ownAccount' | 'subscribe'>;
  wakes: Pick<Wakes, 'wake'>;
};

/** `not_paid`: there is no card, or it was refused; a checkout waits to be gone on with. */
export type Started = { kind: 'started'; purchaseId: string } | { kind: 'not_paid' } | { kind: 'busy' } | Hindered;

/**
 * Sells a subscription to an account at once, on the card with which it pays for another [R19.1].
 * Cut off anywhere, the next attempt goes on: its keys at Stripe follow from the checkout.
 */
export async function startOnCard(asked: Asked, deps: StartDeps): Promise<Started> {
  const { em, account, offer, email, forAccountId, cardOf, now } = asked;
  const { price } = offer;
  if (!isCharged(price)) throw new Error('nothing is charged for this offer');
  // A card is of one Stripe account.
  const isElsewhere = (await stripeAccountOf(em, cardOf.purchaseId)) !== (await stripeAccountOfAccount(em, account.id));
  if (isElsewhere) return { kind: 'not_paid' };
  const whom = { email, name: null, forAccountId, now, trialOnce: trialScopeOf(account.settings) };
  const opened = await freshCheckout(em, { offer, code: null, ...whom }, deps);
  if (opened.kind === 'code_refused') throw new Error('refused for a code that nobody named');
  if (opened.kind !== 'open') return opened;
  const { id, purchaseId } = opened.checkout;
  const { stripePriceId: priceId } = await ensurePrice({ em, account, offer, price, lost: null }, deps);
  const own = await deps.stripe.ownAccount();
  await keepOwnStripeAccount(em, own);
  const input = { purchaseId, accountId: account.id, priceId, likeSubscriptionId: cardOf.subscriptionId };
  const begun = await deps.stripe.subscribe(input, `subscribe:${id}:${priceId}`, account.stripeAccount);
  if (typeof begun === 'string') return { kind: 'not_paid' };
  await keepStarted(em, id, { subscriptionId: begun.subscriptionId, stripeAccount: account.stripeAccount ?? own });
  // What Stripe has told of it meanwhile was nobody's.
  await matchPointing(em, [purchaseId]);
  await deps.wakes.wake(purchaseId, { kind: 'checkout.on_card', rowId: null });
  return { kind: 'started', purchaseId };
}
