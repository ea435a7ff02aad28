import { defineEntity, p } from '@mikro-orm/core';
import type { CancelCause } from '../../workflows/domain/billing.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'CancellationReason',
  tableName: 'cancellation_reasons',
  properties: {
    /** That of the timeline's entry. */
    id: p.uuid().primary(),
    accountId: p.uuid(),
    purchaseId: p.uuid(),
    /** The offer that it was then. */
    offerId: p.uuid(),
    at: instant(),
    cause: p.text().$type<CancelCause>(),
    /** In the words that were chosen; null = none was given. */
    reason: p.text().strictNullable(),
    undoneAt: instant().strictNullable(),
  },
});

/** A cancellation by a customer or at Stripe, and why [R9.3, R9.6]. */
export class CancellationReason extends schema.class {}
schema.setClass(CancellationReason);
