import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'StripePrice',
  tableName: 'stripe_prices',
  properties: {
    offerId: p.uuid().primary(),
    /** `''` = the platform's own, before its name was read. */
    stripeAccount: p.text().primary(),
    accountId: p.uuid(),
    stripeProductId: p.text(),
    stripePriceId: p.text(),
    stripeFeePriceId: p.text().strictNullable(),
  },
});

/** An offer's ids in one Stripe account, made at its first checkout there. */
export class StripePrice extends schema.class {}
schema.setClass(StripePrice);
