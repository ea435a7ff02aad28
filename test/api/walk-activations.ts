import type { EntityManager } from '@mikro-orm/postgresql';
import { activationToken } from '../../db/catalog/activation-token.ts';
import { Offer } from '../../db/entities/offer.ts';
import { anOffer, T0 } from '../builders/rows.ts';
import { SECRET_KEY } from './an-api.ts';

/** What operations on an offer's activation address are asked with. */
export async function activationSteps(em: EntityManager, accountId: string) {
  const { offerId } = await anOffer(em, accountId);
  await em.nativeUpdate(Offer, { id: offerId }, { activationSince: T0 });
  const token = activationToken({ id: offerId, activationSince: T0 }, SECRET_KEY[0]);
  return {
    getActivation: { params: { offerId } },
    setActivation: { params: { offerId }, body: { isOn: true } },
    activateOffer: { params: { activationToken: token }, body: { email: 'ada@outside.example', name: 'Ada' } },
  };
}
