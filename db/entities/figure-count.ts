import { defineEntity, p } from '@mikro-orm/core';

/** What is counted: money by its currency, credits with an empty one. */
export type FigureName =
  'paid' | 'refunded' | 'lost' | 'credits_issued' | 'credits_spent' | 'credits_expired' | 'credits_forfeited';

const schema = defineEntity({
  name: 'FigureCount',
  tableName: 'figure_counts',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    accountId: p.uuid(),
    name: p.text().$type<FigureName>(),
    currency: p.text(),
    /** In the account's zone: `2027-01-31`. */
    day: p.string().columnType('date'),
    count: p.integer(),
    minor: p.bigint('number'),
  },
});

/**
 * A share of what happened on a day, test customers aside; all of its rows are added up. Triggers
 * write them.
 */
export class FigureCount extends schema.class {}
schema.setClass(FigureCount);
