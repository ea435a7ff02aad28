import type { EntityManager } from '@mikro-orm/postgresql';
import type { Account } from '../../db/entities/account.ts';
import type { PromotionCode } from '../../db/entities/promotion-code.ts';
import { keepPromotion, promotionAtStripe } from '../../db/catalog/at-stripe.ts';
import { promotionOf } from '../../db/catalog/promotion-codes.ts';
import type { StripeGateway } from './stripe/gateway.ts';

type Asked = { em: EntityManager; account: Pick<Account, 'mode' | 'stripeAccount'> };

/** A code's promotion code in one Stripe account, made when it is first used there. */
export async function ensurePromotion(
  { em, account }: Asked,
  code: PromotionCode,
  { stripe }: { stripe: Pick<StripeGateway, 'createPromotion'> },
): Promise<string> {
  const { stripeAccount } = account;
  const known = await promotionAtStripe(em, code.id, stripeAccount);
  if (known !== null) return known;
  const { id, endsAt, maxUses, firstPurchaseOnly } = code;
  // Stripe compares it with real time, by which a test account does not live.
  const expiresAt = account.mode === 'test' ? null : endsAt;
  const input = { ...promotionOf(code), expiresAt, maxUses, firstPurchaseOnly };
  const made = await stripe.createPromotion(input, `promotion-code:${id}`, stripeAccount);
  await keepPromotion(em, code, stripeAccount, made);
  return made.stripePromotionId;
}
