import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'OwnStripeAccount',
  tableName: 'own_stripe_account',
  properties: {
    onlyRow: p.boolean().primary().default(true),
    stripeAccount: p.text(),
  },
});

/**
 * The platform's own account at Stripe, as Stripe names it: events at the platform's endpoint are
 * of this one; one row.
 */
export class OwnStripeAccount extends schema.class {}
schema.setClass(OwnStripeAccount);
