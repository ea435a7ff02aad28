import type { Offer } from '../../db/entities/offer.ts';
import type { AtPlatform } from '../../db/platform/for-account.ts';
import type { Hindered } from '../../db/purchase/checkouts.ts';
import { checkOut, type CheckoutDeps } from '../purchase/check-out.ts';
import { obstacleProblem } from '../purchase/obstacle-problem.ts';
import { pageUrl } from './site-url.ts';

/**
 * Sells to the account on Stripe's page, which leads back to `path` of the platform's own. @throws
 * Problem 409 if it cannot be had
 */
export async function buyOnPage(at: AtPlatform, { offer, path }: { offer: Offer; path: string }, deps: CheckoutDeps) {
  const { em, platform: account, now, forAccountId, ownerEmail: email } = at;
  const page = pageUrl(deps.publicUrl, path);
  const body = { offerId: offer.id, email, name: null, successUrl: page, cancelUrl: page };
  const checkedOut = await checkOut({ em, account, now, body, forAccountId, isBySite: true }, deps);
  if (checkedOut.kind === 'hindered') throw await hindered(at, offer, checkedOut);
  if (checkedOut.kind !== 'begun') throw new Error(`a purchase for an account that ended as ${checkedOut.kind}`);
  return { status: 'to_pay' as const, purchaseId: checkedOut.checkout.purchaseId, url: checkedOut.session.url };
}

/** Why an account cannot buy it, said to the account. */
export const hindered = (
  { em }: AtPlatform,
  { requires }: Pick<Offer, 'requires'>,
  { why, purchase }: Pick<Hindered, 'why' | 'purchase'>,
) => obstacleProblem(em, why, purchase, { requires, whose: 'account' });
