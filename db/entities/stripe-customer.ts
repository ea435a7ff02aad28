import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'StripeCustomer',
  tableName: 'stripe_customers',
  properties: {
    /** Who sells. */
    accountId: p.uuid().primary(),
    /** Who buys: a contact, or an account, which may not be there yet. */
    holderId: p.uuid().primary(),
    /** `''` = the platform's own, before its name was read. */
    stripeAccount: p.text().primary(),
    /** Whose name and address it has at Stripe. */
    contactId: p.uuid(),
    stripeCustomerId: p.text().strictNullable(),
    /** The clock that it lives by there, in a test account. */
    stripeClockId: p.text().strictNullable(),
  },
});

/**
 * A holder as a customer in one Stripe account [R22.5]; that of an account stays when its owner
 * changes [R18.5].
 */
export class StripeCustomer extends schema.class {}
schema.setClass(StripeCustomer);
