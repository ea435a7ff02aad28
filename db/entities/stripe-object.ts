import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'StripeObject',
  tableName: 'stripe_objects',
  properties: {
    stripeAccount: p.text().primary(),
    objectId: p.text().primary(),
    accountId: p.uuid(),
    purchaseId: p.uuid(),
    paymentId: p.text().strictNullable(),
  },
});

/**
 * An object of Stripe that is known to be a purchase's: a session, subscription, invoice, payment
 * intent, charge or refund; the last three with their payment [R22.1].
 */
export class StripeObject extends schema.class {}
schema.setClass(StripeObject);
