import type { EntityManager } from '@mikro-orm/postgresql';
import type { Account } from '../../db/entities/account.ts';
import { PromotionCode } from '../../db/entities/promotion-code.ts';
import { promotionOf } from '../../db/catalog/promotion-codes.ts';
import type { StripeGateway } from './stripe/gateway.ts';

type Asked = { em: EntityManager; account: Pick<Account, 'mode' | 'stripeAccount'> };

/** A code's promotion code at Stripe, made when it is first used. */
export async function ensurePromotion(
  { em, account }: Asked,
  code: PromotionCode,
  { stripe }: { stripe: Pick<StripeGateway, 'createPromotion'> },
): Promise<string> {
  if (code.stripePromotionId !== null) return code.stripePromotionId;
  const { id, endsAt, maxUses, firstPurchaseOnly } = code;
  // Stripe compares it with real time, by which a test account does not live.
  const expiresAt = account.mode === 'test' ? null : endsAt;
  const input = { ...promotionOf(code), expiresAt, maxUses, firstPurchaseOnly };
  const made = await stripe.createPromotion(input, `promotion-code:${id}`, account.stripeAccount);
  await em.nativeUpdate(PromotionCode, { id }, made);
  return made.stripePromotionId;
}
