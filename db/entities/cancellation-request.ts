import { defineEntity, p } from '@mikro-orm/core';
import type { RequestState } from '../../workflows/domain/cancellation-request.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'CancellationRequest',
  tableName: 'cancellation_requests',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    purchaseId: p.uuid(),
    state: p.text().$type<RequestState>(),
    refundWanted: p.boolean(),
    askedAt: instant(),
    decidedAt: instant().strictNullable(),
    /** What withdrew, declined or carried it out; null also where the purchase ended otherwise. */
    decidedBy: p.uuid().strictNullable(),
  },
});

/**
 * A customer's request to be canceled [R9.5]: written with the entries of its purchase's timeline.
 * Its id is that of the command that made it, whose text is the reason.
 */
export class CancellationRequest extends schema.class {}
schema.setClass(CancellationRequest);
