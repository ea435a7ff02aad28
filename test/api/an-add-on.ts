import { v7 as uuid } from 'uuid';
import { CancellationRequest } from '../../db/entities/cancellation-request.ts';
import { Offer } from '../../db/entities/offer.ts';
import { aContact, aPlatformAccount, T0 } from '../builders/rows.ts';
import type { TestApi } from './an-api.ts';
import { aPurchase } from './a-world.ts';

/** An account's plan and add-on by the month, bought at T0, and that it be removed, asked for. */
export async function anAddOn(api: Pick<TestApi, 'orm'>, forAccountId: string) {
  const em = api.orm.em.fork();
  const { accountId: platformId } = await aPlatformAccount(em);
  const offers = await em.find(Offer, { accountId: platformId });
  const monthly = (start: string) =>
    offers.find(
      ({ name, price }) => name.startsWith(start) && price.kind === 'subscription' && price.interval === 'month',
    )!;
  const contactId = await aContact(em, platformId);
  const sold = (offer: Offer) => ({ contactId, offerId: offer.id, forAccountId });
  const planId = await aPurchase(api.orm, sold(monthly('Basic')));
  const removalId = uuid();
  const cancellationRequest = { id: removalId, askedAt: T0, refundWanted: true };
  const purchaseId = await aPurchase(api.orm, sold(monthly('Access')), (state) => ({ ...state, cancellationRequest }));
  const open = { state: 'open', refundWanted: true, askedAt: T0, decidedAt: null, decidedBy: null } as const;
  await em.insert(CancellationRequest, { ...open, id: removalId, accountId: platformId, purchaseId });
  return { platformId, planId, addOnId: purchaseId, removalId };
}
