import { defineEntity, p, type Opt } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Checkout',
  tableName: 'checkouts',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    /** The account that it buys for; null = for its contact. */
    forAccountId: p.uuid().strictNullable(),
    /** That account, else its contact; Postgres computes it. */
    holderId: p.uuid().$type<Opt<string>>().generated('stored'),
    offerId: p.uuid(),
    purchaseId: p.uuid(),
    /** The code it was begun with; null = none. */
    promotionCodeId: p.uuid().strictNullable(),
    stripeSessionId: p.text().strictNullable(),
    url: p.text().strictNullable(),
    state: p.text().$type<'open' | 'completed' | 'expired'>(),
    expiresAt: instant().strictNullable(),
    createdAt: instant(),
  },
});

/**
 * A session at Stripe through which a contact may buy an offer; one open one per holder and offer
 * [R5.7].
 */
export class Checkout extends schema.class {}
schema.setClass(Checkout);
