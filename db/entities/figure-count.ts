import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

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
    /** The quarter of an hour that begins then. */
    quarterAt: instant(),
    count: p.integer(),
    minor: p.bigint('number'),
  },
});

/**
 * A share of what happened in a quarter of an hour, test customers aside; all of its rows are added
 * up. Triggers write them.
 */
export class FigureCount extends schema.class {}
schema.setClass(FigureCount);
