import { isLive } from '../domain/billing.ts';
import { sumMinor } from '../domain/money.ts';
import { currencyOf } from '../domain/price.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { StripeWrite } from '../domain/writes.ts';
import { isInside } from '../domain/refund-window.ts';
import { moneyBackAskedAt } from '../domain/removal.ts';
import { cancelMoney, cancelWrites, endNow } from './cancel.ts';
import { rejectsRequest } from './cancellation-request.ts';
import { moneyGivenBack, refundsOf, returned, type Credit } from './money-back-refunds.ts';
import { subscriptionIdOf } from '../domain/billing-parts.ts';
import { withBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

/**
 * `override` lets an owner or operator act outside the window, with a reason [R10.6]; the reason
 * itself is kept with the command.
 */
export type MoneyBackInput = {
  override: boolean;
  hasReason: boolean;
  /** The customer's request that it carries out [R9.5]. */
  requestId?: string | undefined;
  /** Absent = no change of offer has credited anything. */
  credit?: Credit | undefined;
};

const NOW = { when: 'now' as const, cancelAt: null };

/** Refunds every payment made in the refund window, cancels now and ends access [R10.6]. */
export const moneyBack: Verb<MoneyBackInput> = {
  name: 'money-back',

  forbids(state) {
    const { refundWindow } = state;
    if (!refundWindow) return 'This purchase has no refund window.';
    if (refundWindow.usedAt)
      return { code: 'refund_window_used', detail: 'Money-back was given already.', at: refundWindow.usedAt };
    const paid = returned(state);
    if (paid.some(({ disputedAt }) => disputedAt))
      return { code: 'payment_disputed', detail: 'A payment of the window is disputed.' };
    return paid.length > 0 || isLive(state.billing) ? null : 'Nothing is left to give back.';
  },

  rejects(state, { override, hasReason, requestId }, { now, actor }) {
    const decided = rejectsRequest(state, { requestId });
    if (decided) return decided;
    const { refundWindow } = state;
    if (!refundWindow || isInside(refundWindow, moneyBackAskedAt(state, now))) return null;
    const { closesAt } = refundWindow;
    const closed = { field: 'override', at: closesAt } as const;
    if (!override)
      return { ...closed, code: 'refund_window_closed', detail: `The refund window closed at ${closesAt}.` };
    if (actor.role !== 'owner' && actor.role !== 'operator')
      return { ...closed, code: 'override_forbidden', detail: 'Only an owner may give money back outside the window.' };
    return hasReason
      ? null
      : { code: 'reason_required', field: 'reason', detail: 'Overriding the window needs a reason.' };
  },

  writes: (state, { credit }) => [
    ...(isLive(state.billing) ? cancelWrites(state, NOW) : []),
    ...withdrawal(state, credit),
    ...refundsOf(state, credit).map(({ payment: { paymentId }, amountMinor }) => ({
      op: 'refund' as const,
      paymentId,
      amountMinor,
    })),
  ],

  effect(state, _input, context) {
    const { refundWindow } = state;
    // Access may have been kept when the billing ended unpaid; with the money back it ends too.
    const over = withBilling(endNow(reopened(state), 'refund', context), ({ ended }) => ({
      ended: ended && { ...ended, endsAccess: true },
    }));
    return {
      ...over,
      refundWindow: refundWindow && { ...refundWindow, usedAt: context.now },
    };
  },

  money: (state, { credit }, context) => [
    ...(isLive(state.billing) ? cancelMoney(state, NOW, context) : []),
    ...moneyGivenBack(state, credit),
  ],

  reports(state, { override, requestId, credit }) {
    const amountMinor = sumMinor(refundsOf(state, credit).map(({ amountMinor: given }) => given));
    const currency = returned(state)[0]?.currency ?? currencyOf(state.terms.price);
    const data = { amountMinor, currency };
    return {
      entry: 'purchase.money-back',
      data: { ...data, override, ...(requestId !== undefined && { requestId }) },
      emails: both('money-back', 'admin-money-back', data),
    };
  },
};

/** A plan that was complete ends with its money given back, and not as it was paid. */
const reopened = (state: PurchaseState): PurchaseState =>
  withBilling(state, ({ ended }) => ({ ended: ended?.cause === 'completed' ? null : ended }));

/** First, so that nothing else is paid with it while the money goes back. */
function withdrawal({ billing }: PurchaseState, credit: Credit | undefined): StripeWrite[] {
  const subscriptionId = subscriptionIdOf(billing);
  if (!credit || credit.leftMinor === 0 || subscriptionId === null) return [];
  return [{ op: 'withdrawCredit', subscriptionId, amountMinor: credit.leftMinor, currency: credit.currency }];
}
