import type Stripe from 'stripe';
import type { Discount } from '../../../workflows/domain/discount.ts';
import { reading, writing } from './call.ts';
import { orNull, StripeRefused } from './failures.ts';
import type { Account, PromotionIds, PromotionInput, StripeGateway } from './gateway.ts';
import { toUnix } from './instants.ts';
import { make } from './make.ts';

/** What is asked of Stripe about codes. */
export const promotions = (stripe: Stripe): Pick<StripeGateway, 'createPromotion' | 'endPromotion'> => ({
  createPromotion: (input, key, account) => createPromotion(stripe, input, key, account),
  endPromotion: (id, account) => endPromotion(stripe, id, account),
});

/**
 * A coupon with the discount, and a promotion code with what holds it back. Which offers it is for
 * is our own matter: what Stripe restricts a coupon to can never be changed, but an offer's product
 * is made anew when it is lost there [R22.7].
 */
async function createPromotion(
  stripe: Stripe,
  input: PromotionInput,
  key: string,
  account: Account,
): Promise<PromotionIds> {
  const { promotionCodeId, code, expiresAt, maxUses, firstPurchaseOnly } = input;
  const metadata = { promotionCodeId, code };
  const coupon = await make(stripe, `${key}:coupon`, (once) =>
    stripe.coupons.create({ ...couponOf(input), name: nameOf(code), metadata }, writing(once, account)),
  );
  const params: Stripe.PromotionCodeCreateParams = {
    promotion: { type: 'coupon', coupon: coupon.id },
    metadata,
    ...(expiresAt && { expires_at: toUnix(expiresAt) }),
    ...(maxUses !== null && { max_redemptions: maxUses }),
    ...(firstPurchaseOnly && { restrictions: { first_time_transaction: true } }),
  };
  const create = (suffix: string, more: { code?: string }) =>
    make(stripe, `${key}:${suffix}`, (once) =>
      stripe.promotionCodes.create({ ...params, ...more }, writing(once, account)),
    );
  try {
    const { id } = await create('code', { code });
    return { stripeCouponId: coupon.id, stripePromotionId: id };
  } catch (error) {
    if (!(error instanceof StripeRefused)) throw error;
    // Another one of this text is in use at Stripe, where sites may share an account. Ours is
    // asked for by its id, so there it may have any text.
    const { id } = await create('any', {});
    return { stripeCouponId: coupon.id, stripePromotionId: id };
  }
}

function couponOf({ percentOff, amountOffMinor, currency, duration }: Discount): Stripe.CouponCreateParams {
  const off: Stripe.CouponCreateParams =
    percentOff === null ? { amount_off: amountOffMinor ?? 0, currency: currency ?? '' } : { percent_off: percentOff };
  return typeof duration === 'object'
    ? { ...off, duration: 'repeating', duration_in_months: duration.months }
    : { ...off, duration };
}

/** Stripe's longest. */
const nameOf = (code: string): string => code.slice(0, 40);

/** Repeating it changes nothing, so it needs no key. */
async function endPromotion(stripe: Stripe, stripePromotionId: string, account: Account): Promise<void> {
  await orNull(stripe.promotionCodes.update(stripePromotionId, { active: false }, reading(account)));
}
