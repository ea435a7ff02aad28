import { addIntervals } from '../domain/calendar.ts';
import { withPeriodPaid } from '../domain/credits/credits-of.ts';
import { changedOffers, withOffer } from '../domain/change-terms.ts';
import { pendingChangeOf, runningTrialEndOf } from '../domain/billing-parts.ts';
import { billingStatus, isLive } from '../domain/billing.ts';
import type { Instant } from '../domain/instant.ts';
import { intervalOf, isOpenEnded } from '../domain/price.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Proration, StripeWrite } from '../domain/writes.ts';
import { changeMoney } from './change-money.ts';
import { CHANGE_PENDING } from './change-pending.ts';
import type { ChangeOfferInput, FoundOffer } from './found-offer.ts';
import { rejectsOffer } from './rejects-offer.ts';
import { subscriptionOf, withLiveBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

/** Makes it another subscription offer of the account, now or with the end of the period [R26]. */
export const changeOffer: Verb<ChangeOfferInput> = {
  name: 'change-offer',

  forbids({ billing, terms, duplicateOf }) {
    if (!isLive(billing) || !isOpenEnded(terms.price) || duplicateOf)
      return 'Only a live subscription changes its offer.';
    if (billingStatus(billing) === 'past_due') return 'A payment is overdue: it has to be paid first (retry-payment).';
    if (billing.pause) return 'It is paused: resume it first.';
    if (billing.cancellation) return 'A cancellation is pending: undo it first (undo-cancel).';
    return pendingChangeOf(billing) ? CHANGE_PENDING : null;
  },

  rejects: rejectsOffer,

  writes(state, input): StripeWrite[] {
    const { subscriptionId, periodEnd } = subscriptionOf(state);
    const { terms, priceId, asOf } = foundIn(input);
    if (input.when === 'now')
      return [{ op: 'changePrice', subscriptionId, priceId, proration: prorationOf(state, input), asOf }];
    const interval = intervalOf(terms.price);
    return interval && periodEnd ? [{ op: 'scheduleChange', subscriptionId, priceId, interval, at: periodEnd }] : [];
  },

  effect(state, input, { now, actor }) {
    const { terms, priceId, asOf } = foundIn(input);
    const { billing } = state;
    if (!isLive(billing)) return state;
    if (input.when === 'now') {
      const changed = withOffer(state, { ...billing, ...newPeriod(state, input) }, { terms, at: asOf });
      return isInvoiced(state, input) ? withPeriodPaid(changed) : changed;
    }
    const at = billing.periodEnd ?? now;
    return withLiveBilling(state, () => ({
      pendingChange: { at, askedAt: now, isOwn: actor.kind === 'customer', terms, priceId },
    }));
  },

  money(state, input, context) {
    const { quote, terms } = foundIn(input);
    const changing = { quote, terms, isInvoiced: isInvoiced(state, input), anchor: anchorOf(state, input) };
    return changeMoney(changing, changeOffer.effect(state, input, context));
  },

  reports(state, input) {
    const { terms } = foundIn(input);
    const data = changedOffers(state.terms, terms);
    if (input.when === 'now') {
      const emails = both('offer-changed', 'admin-offer-changed', data);
      return { entry: 'purchase.offer-changed', data: { ...data, proration: input.proration }, emails };
    }
    const at = subscriptionOf(state).periodEnd;
    const emails = both('offer-change-scheduled', 'admin-offer-change-scheduled', { ...data, at });
    return { entry: 'purchase.offer-change-scheduled', data: { ...data, at }, emails };
  },
};

/** @throws Error for an input that was rejected, which would be a bug */
function foundIn({ found }: ChangeOfferInput): FoundOffer & { priceId: string } {
  if (!found || found.priceId === null) throw new Error('a change to what is no offer for it');
  return { ...found, priceId: found.priceId };
}

/** A trial runs on, and nothing is charged before its end [R26.2]. */
export const prorationOf = ({ billing }: PurchaseState, { proration }: ChangeOfferInput): Proration =>
  runningTrialEndOf(billing) === null ? proration : 'none';

const isInvoiced = (state: PurchaseState, input: ChangeOfferInput): boolean =>
  input.when === 'now' && prorationOf(state, input) !== 'none';

/** Where a new period begins, with another interval or charged in full; null = none does. */
function anchorOf(state: PurchaseState, input: ChangeOfferInput): Instant | null {
  const isOther = intervalOf(foundIn(input).terms.price) !== intervalOf(state.terms.price);
  if (runningTrialEndOf(state.billing) !== null) return null;
  if (input.when === 'period_end') return isOther ? subscriptionOf(state).periodEnd : null;
  return isOther || input.proration === 'full' ? foundIn(input).asOf : null;
}

function newPeriod(state: PurchaseState, input: ChangeOfferInput) {
  const [periodStart, interval] = [anchorOf(state, input), intervalOf(foundIn(input).terms.price)];
  return periodStart && interval ? { periodStart, periodEnd: addIntervals(periodStart, interval, 1) } : {};
}
