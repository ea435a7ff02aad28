import { Offer } from '../../db/entities/offer.ts';
import { notFound } from '../http/problem.ts';
import type { AccountCall } from '../http/route.ts';

type Call = Pick<AccountCall<{ offerId: string }, unknown, unknown>, 'em' | 'params'>;

/** @throws Problem 404 */
export async function theOffer({ em, params }: Call): Promise<Offer> {
  const offer = await em.findOne(Offer, { id: params.offerId });
  if (!offer) throw notFound('offer');
  return offer;
}
