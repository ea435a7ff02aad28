import { defineEntity, p } from '@mikro-orm/core';
import type { DisputeStatus, StripeDisputeStatus } from '../../workflows/domain/payments.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Dispute',
  tableName: 'disputes',
  properties: {
    accountId: p.uuid().primary(),
    id: p.text().primary(),
    purchaseId: p.uuid(),
    paymentId: p.text(),
    state: p.text().$type<DisputeStatus>(),
    /** null = not heard since 0.1, which did not keep it. */
    stripeStatus: p.text().$type<StripeDisputeStatus>().strictNullable(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    /** Stripe's code; null = not known. */
    reason: p.text().strictNullable(),
    evidenceDueAt: instant().strictNullable(),
    openedAt: instant(),
    closedAt: instant().strictNullable(),
  },
});

/** What a bank asks about a payment, or claims of it, with where that stands [R10.5]. */
export class Dispute extends schema.class {}
schema.setClass(Dispute);
