import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { pendingChangeOf } from '../../workflows/domain/billing-parts.ts';
import { fromMs, toMs } from '../../workflows/domain/instant.ts';
import { intervalOf } from '../../workflows/domain/price.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import type { ChangeOfferInput } from '../../workflows/verbs/found-offer.ts';
import { termsOf } from '../catalog/terms-of.ts';
import { Offer } from '../entities/offer.ts';
import { Purchase } from '../entities/purchase.ts';
import { acceptCommand } from '../inbox/accept-command.ts';
import type { PurchaseRecord } from '../purchase/purchase-record.ts';

/**
 * A plan that is billed by another interval takes the add-on along, with the add-on's next renewal:
 * its owner is told of the price before it is charged [R19.1, R27.6]. In the transaction in which
 * the plan has changed, which wakes what requires it.
 */
export async function followInterval(tx: EntityManager, { state: plan, entries, now }: PurchaseRecord): Promise<void> {
  const { forAccountId, accountId, terms } = plan;
  if (forAccountId === undefined || !entries.some(({ type }) => type === 'purchase.offer-changed')) return;
  const interval = intervalOf(terms.price);
  const held = await tx.find(Purchase, { holderId: forAccountId, isLive: true }, { disableIdentityMap: true });
  const offers = await tx.find(Offer, { accountId, archivedAt: null, quotaFactor: { $ne: null } });
  const offer = offers.find(
    ({ price, requires }) => intervalOf(price) === interval && requires.includes(terms.offerId),
  );
  for (const { id: purchaseId, snapshot } of held) {
    const isBehind = snapshot.terms.quotaFactor != null && intervalOf(snapshot.terms.price) !== interval;
    if (!offer || !isBehind || pendingChangeOf(snapshot.billing)) continue;
    const asOf = fromMs(Math.floor(toMs(now) / 1000) * 1000);
    const found = {
      terms: termsOf(offer),
      priceId: offer.stripePriceId,
      isArchived: false,
      obstacle: null,
      asOf,
      quote: null,
    };
    const input: ChangeOfferInput = { offerId: offer.id, when: 'period_end', proration: 'none', found };
    const whose = { accountId, purchaseId, actor: SYSTEM, askedAt: now };
    const said = { planHash: null, expectedVersion: null, reason: null, feedback: null };
    await acceptCommand(tx, { commandId: uuid(), name: 'change-offer', input, ...whose, ...said });
  }
}
