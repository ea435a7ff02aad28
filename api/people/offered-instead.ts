import type { z } from 'zod';
import { refusesHolder, termsOfCode, usesOf } from '../../db/catalog/promotion-codes.ts';
import type { Account } from '../../db/entities/account.ts';
import { PromotionCode } from '../../db/entities/promotion-code.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { RetentionOffer } from '../../db/entities/retention-offer.ts';
import { countOwnPauses } from '../../db/purchase/own-pauses.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { discountsOf } from '../../workflows/domain/billing-parts.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { refusesSale } from '../../workflows/domain/promotion-code.ts';
import { retentionOf, selfPauseOf } from '../../workflows/domain/settings.ts';
import { maySelfCancel } from '../../workflows/verbs/by-customer.ts';
import { forbids } from '../../workflows/verbs/ask.ts';
import type { retentionSchema } from './customer-verb-schema.ts';

type Asked = { em: Scoped; account: Account; now: Instant };

/** What a customer may have in place of a cancellation. */
export type Offered = { kind: 'pause' } | { kind: 'promotion_code'; code: PromotionCode };

/**
 * What the site offers to whoever is about to cancel this purchase; null = nothing, or nothing that
 * it could have [R9.4]. A code is offered once for a purchase, and not to whom it is on already.
 */
export async function offeredInstead(asked: Asked, purchase: Purchase): Promise<Offered | null> {
  const { offer, promotionCodeId } = retentionOf(asked.account.settings);
  if (offer === 'none' || !maySelfCancel(purchase.snapshot, asked.now)) return null;
  if (offer === 'pause') return (await mayPause(asked, purchase)) ? { kind: 'pause' } : null;
  const code = promotionCodeId === null ? null : await asked.em.findOne(PromotionCode, { id: promotionCodeId });
  return code && (await mayHave(asked, purchase, code)) ? { kind: 'promotion_code', code } : null;
}

async function mayPause({ em, account, now }: Asked, { id, snapshot }: Purchase): Promise<boolean> {
  const { isOn, mostAYear } = selfPauseOf(account.settings);
  return isOn && forbids('pause', snapshot, now) === null && (await countOwnPauses(em, id, now)) < mostAYear;
}

async function mayHave({ em, now }: Asked, purchase: Purchase, code: PromotionCode): Promise<boolean> {
  const { id, snapshot, holderId } = purchase;
  const { offerId, price } = snapshot.terms;
  if (forbids('apply-code', snapshot, now) !== null) return false;
  if (discountsOf(snapshot.billing).some((held) => held.promotionCodeId === code.id)) return false;
  const uses = (await usesOf(em, [code.id])).get(code.id) ?? 0;
  if (refusesSale(termsOfCode(code), { offerId, price, uses, now }) !== null) return false;
  if ((await refusesHolder(em, code, holderId)) !== null) return false;
  return (await em.count(RetentionOffer, { purchaseId: id, promotionCodeId: code.id, isTaken: true })) === 0;
}

/** What the customer reads of it before they confirm. */
export function toApiRetention(offered: Offered | null, { settings }: Account): z.input<typeof retentionSchema> | null {
  if (!offered) return null;
  const { message } = retentionOf(settings);
  if (offered.kind === 'promotion_code') {
    const { code, discount } = offered.code;
    return { kind: 'promotion_code', message, code, ...discount };
  }
  const { mostDays, access } = selfPauseOf(settings);
  return { kind: 'pause', message, mostDays, suspendsAccess: access === 'suspend' };
}
