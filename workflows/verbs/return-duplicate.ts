import { isLive } from '../domain/billing.ts';
import { sumMinor } from '../domain/money.ts';
import { refundableMinor } from '../domain/payments.ts';
import { currencyOf } from '../domain/price.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { cancelWrites, endNow } from './cancel.ts';
import { both, type Verb } from './verb.ts';

/** Cancels a second purchase of a live offer and gives back all of its money at once [R5.7]. */
export const returnDuplicate: Verb<object> = {
  name: 'return-duplicate',

  forbids: (state) =>
    state.duplicateOf && (isLive(state.billing) || left(state).length > 0) ? null : 'Nothing is left to send back.',

  writes: (state) => [
    ...(isLive(state.billing) ? cancelWrites(state, { when: 'now', cancelAt: null }) : []),
    ...left(state).map((payment) => ({
      op: 'refund' as const,
      paymentId: payment.paymentId,
      amountMinor: refundableMinor(payment),
    })),
  ],

  effect: (state, _input, context) => endNow(state, 'refund', context),

  reports(state) {
    const currency = left(state)[0]?.currency ?? currencyOf(state.terms.price);
    const data = { amountMinor: sumMinor(left(state).map(refundableMinor)), currency };
    return {
      entry: 'purchase.duplicate-returned',
      data,
      emails: both('duplicate-purchase-refunded', 'admin-duplicate-purchase', data),
    };
  },
};

const left = ({ payments }: PurchaseState) =>
  payments.filter((payment) => refundableMinor(payment) > 0 && !payment.disputedAt);
