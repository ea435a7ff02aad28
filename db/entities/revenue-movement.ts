import { defineEntity, p, type Opt } from '@mikro-orm/core';
import { instant } from './column-types.ts';

/**
 * How a customer's revenue moved, as ChartMogul and Stripe name it; `moved`: the purchase became
 * another contact's, which is no movement of the account's revenue.
 */
export const MOVEMENT_KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'moved'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

const schema = defineEntity({
  name: 'RevenueMovement',
  tableName: 'revenue_movements',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    accountId: p.uuid(),
    purchaseId: p.uuid(),
    contactId: p.uuid(),
    currency: p.text(),
    at: instant(),
    /** null = nothing moved but how many subscriptions are paid for. Triggers write this. */
    kind: p.text().$type<MovementKind>().strictNullable(),
    changeMinor: p.bigint('number'),
    subscriptions: p.smallint(),
    /** How many more customers pay something on and on; triggers write this and the next. */
    customers: p.smallint().$type<Opt<number>>().default(0),
    /** When the contact's first revenue of the currency began. */
    cohortAt: instant().strictNullable(),
  },
});

/** A change of monthly recurring revenue, written by the record that caused it. */
export class RevenueMovement extends schema.class {}
schema.setClass(RevenueMovement);
