import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'StripePromotion',
  tableName: 'stripe_promotions',
  properties: {
    promotionCodeId: p.uuid().primary(),
    /** `''` = the platform's own, before its name was read. */
    stripeAccount: p.text().primary(),
    accountId: p.uuid(),
    stripeCouponId: p.text(),
    stripePromotionId: p.text(),
  },
});

/** A promotion code's ids in one Stripe account, made when it is first used there. */
export class StripePromotion extends schema.class {}
schema.setClass(StripePromotion);
