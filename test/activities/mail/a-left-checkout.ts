import { v7 as uuid } from 'uuid';
import { Checkout } from '../../../db/entities/checkout.ts';
import { Offer } from '../../../db/entities/offer.ts';
import { openCheckout } from '../../../db/purchase/checkouts.ts';
import { explainCheckout } from '../../../db/purchase/ended-checkouts.ts';
import { anOffer } from '../../builders/rows.ts';
import { T0, type MailGround } from './a-mail-ground.ts';

const LINK = { url: 'https://checkout.test/c/recover/cs_1', until: '2099-03-03T09:00:00.000Z' };

/** A checkout of Ada's that ended unpaid just now: the email by which she goes on. */
export async function aLeftCheckout(ground: MailGround): Promise<string> {
  const em = ground.orm.em.fork();
  const { offerId } = await anOffer(em, ground.ids.account, { name: 'Coaching' });
  const offer = await em.findOneOrFail(Offer, { id: offerId });
  const now = T0;
  const asked = { offer, name: null, forAccountId: null, now, trialOnce: 'offer', code: null } as const;
  const opened = await openCheckout(em, { ...asked, email: 'ada@example.com' });
  if (opened.kind !== 'open') throw new Error(`not begun: ${opened.kind}`);
  const { id } = opened.checkout;
  await em.nativeUpdate(Checkout, { id }, { state: 'expired', endedAt: now, stripeSessionId: `cs_${uuid()}` });
  return (await explainCheckout(em, id, { reason: 'left', recovery: LINK })) ?? 'none';
}

export const LEFT_SAYS = { offerName: 'Coaching', recoverUrl: LINK.url, expiresAt: LINK.until };
