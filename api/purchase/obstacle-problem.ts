import type { Scoped } from '../../db/account-scope.ts';
import { Offer } from '../../db/entities/offer.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import type { Obstacle } from '../../workflows/domain/obstacle.ts';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { Problem } from '../http/problem.ts';

/** Names of offers, in their order, as a sentence lists them: "Studio" or "Studio, yearly". */
export async function offerNames(em: Scoped, offerIds: readonly string[]): Promise<string[]> {
  const offers = await em.find(Offer, { id: { $in: [...offerIds] } });
  return offerIds.flatMap((id) => offers.find((offer) => offer.id === id)?.name ?? []);
}

/**
 * Why a contact, or an account, cannot have the offer now, with what is in the way and what to do
 * [R4.7, R5.7].
 */
export async function obstacleProblem(
  em: Scoped,
  kind: Obstacle['kind'],
  purchase: Purchase | null,
  { requires = [], whose = 'contact' }: Pick<OfferTerms, 'requires'> & { whose?: 'contact' | 'account' },
): Promise<Problem> {
  const named = purchase && { purchaseIds: [purchase.id], state: purchase.billingStatus };
  switch (kind) {
    case 'already_live':
      return new Problem(409, kind, { detail: `The ${whose} has this offer already.`, ...named });
    case 'group_taken': {
      const [name] = await offerNames(em, purchase ? [purchase.offerId] : []);
      const detail = `The ${whose} has “${name}”, of which this offer is an alternative: change that purchase instead.`;
      return new Problem(409, kind, { detail, ...named });
    }
    case 'requirement_missing': {
      const names = (await offerNames(em, requires)).map((name) => `“${name}”`).join(' or ');
      const detail = purchase
        ? `This offer requires ${names} in good order, and the ${whose}’s is past due, paused or about to end.`
        : `This offer requires ${names}, which the ${whose} does not have.`;
      return new Problem(409, kind, { detail, offerIds: requires, ...named });
    }
  }
}
