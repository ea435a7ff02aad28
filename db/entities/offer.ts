import { defineEntity, p } from '@mikro-orm/core';
import type { Price } from '../../workflows/domain/offer.ts';
import { instant, textArray, uuidArray } from './column-types.ts';

const schema = defineEntity({
  name: 'Offer',
  tableName: 'offers',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.text(),
    price: p.json<Price>(),
    productIds: uuidArray(),
    refundWindowDays: p.integer(),
    accessDays: p.integer().nullable(),
    accessStartsAt: instant().nullable(),
    emailsOff: textArray(),
    stripeProductId: p.text().nullable(),
    stripePriceId: p.text().nullable(),
    stripeFeePriceId: p.text().nullable(),
    archivedAt: instant().nullable(),
    createdAt: instant(),
  },
});

/** One price for one or more products [R4]; its ids at Stripe are made at the first checkout. */
export class Offer extends schema.class {}
schema.setClass(Offer);
