import { addIntervals } from '../domain/calendar.ts';
import { withPeriodPaid } from '../domain/credits/credits-of.ts';
import { changedOffers, withOffer } from '../domain/change-terms.ts';
import { discountsOf, pendingChangeOf, runningTrialEndOf } from '../domain/billing-parts.ts';
import { billingStatus, isLive, type SubscriptionBilling } from '../domain/billing.ts';
import { withoutEnded, type HeldDiscount } from '../domain/discount.ts';
import type { Instant } from '../domain/instant.ts';
import { intervalOf, isOpenEnded } from '../domain/price.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { withWindowFrom } from '../domain/take-payment.ts';
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
    if (isHeld(input)) return [];
    const { subscriptionId, periodEnd } = subscriptionOf(state);
    const { terms, priceId, asOf, endedDiscounts } = foundIn(input);
    const discounts = keptDiscounts(state, endedDiscounts).map(({ discountId }) => discountId);
    const sold = priceId === null ? { priceId, offerId: terms.offerId } : { priceId };
    const price = { subscriptionId, ...sold, ...(endedDiscounts && { discounts }) };
    if (input.when === 'now') return [{ op: 'changePrice', ...price, proration: prorationOf(state, input), asOf }];
    const interval = intervalOf(terms.price);
    return interval && periodEnd ? [{ op: 'scheduleChange', ...price, interval, at: periodEnd }] : [];
  },

  effect(state, input, { now, actor }) {
    const { terms, priceId, asOf, endedDiscounts, quote } = foundIn(input);
    const { billing } = state;
    if (!isLive(billing)) return state;
    if (input.when === 'now') {
      const discounts = endedDiscounts && { discounts: keptDiscounts(state, endedDiscounts) };
      const before = (quote?.dueMinor ?? 0) > 0 ? withWindowFrom(state, asOf) : state;
      const parts = { ...newPeriod(state, input), ...discounts, ...withoutHeld(billing) };
      const changed = withOffer(before, { ...billing, ...parts }, { terms, at: asOf });
      return isInvoiced(state, input) ? withPeriodPaid(changed) : changed;
    }
    const at = billing.periodEnd ?? now;
    if (isHeld(input)) return withLiveBilling(state, () => ({ heldChange: { at, askedAt: now, terms } }));
    return withLiveBilling(state, () => ({
      ...withoutHeld(billing),
      pendingChange: {
        at,
        askedAt: now,
        isOwn: actor.kind === 'customer',
        terms,
        priceId,
        ...(endedDiscounts && { endedDiscounts }),
      },
    }));
  },

  money(state, input, context) {
    const { quote, terms, asOf } = foundIn(input);
    const changing = { quote, terms, isInvoiced: isInvoiced(state, input), anchor: anchorOf(state, input) };
    const at = input.when === 'now' ? asOf : (subscriptionOf(state).periodEnd ?? context.now);
    const ending = endingCodes(state, input).map((code) => ({ kind: 'discount_ends' as const, at, code }));
    return [...changeMoney(changing, changeOffer.effect(state, input, context)), ...ending];
  },

  reports(state, input) {
    const { terms } = foundIn(input);
    const endedCodes = endingCodes(state, input).filter((code) => code !== null);
    const data = { ...changedOffers(state.terms, terms), ...(endedCodes.length > 0 && { endedCodes }) };
    if (input.when === 'now') {
      const emails = both('offer-changed', 'admin-offer-changed', data);
      return { entry: 'purchase.offer-changed', data: { ...data, proration: input.proration }, emails };
    }
    const at = subscriptionOf(state).periodEnd;
    const emails = both('offer-change-scheduled', 'admin-offer-change-scheduled', { ...data, at });
    const held = isHeld(input) && { awaitsContent: true };
    return { entry: 'purchase.offer-change-scheduled', data: { ...data, at, ...held }, emails };
  },
};

/** With the end of the period, but not before it is confirmed what stays [R18.2]. */
const isHeld = ({ when, found }: ChangeOfferInput): boolean => when === 'period_end' && found?.awaitsContent === true;

/** Another change takes the place of one that waits. */
const withoutHeld = ({ heldChange }: SubscriptionBilling) => (heldChange ? { heldChange: null } : {});

/** @throws Error for an input that was rejected, which would be a bug */
function foundIn({ found }: ChangeOfferInput): FoundOffer {
  if (!found) throw new Error('a change to what is no offer for it');
  return found;
}

const keptDiscounts = ({ billing }: PurchaseState, ended: string[] | undefined): HeldDiscount[] =>
  withoutEnded(discountsOf(billing), ended);

/** The codes of the discounts that do not go on; null = one has none. */
function endingCodes({ billing }: PurchaseState, input: ChangeOfferInput): (string | null)[] {
  const { endedDiscounts = [] } = foundIn(input);
  return discountsOf(billing)
    .filter(({ discountId }) => endedDiscounts.includes(discountId))
    .map(({ code }) => code);
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
