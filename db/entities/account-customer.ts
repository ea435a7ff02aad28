import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'AccountCustomer',
  tableName: 'account_customers',
  properties: {
    /** Who sells. */
    accountId: p.uuid().primary(),
    /** Who buys; it may not be there yet. */
    forAccountId: p.uuid().primary(),
    /** Whose name and address it has at Stripe. */
    contactId: p.uuid(),
    stripeCustomerId: p.text().strictNullable(),
    stripeClockId: p.text().strictNullable(),
  },
});

/** An account as a customer at its seller's Stripe, which stays when its owner changes [R18.5]. */
export class AccountCustomer extends schema.class {}
schema.setClass(AccountCustomer);
