import { discountsOf } from './billing-parts.ts';
import type { HeldDiscount } from './discount.ts';
import type { Ended, SubscriptionBilling } from './billing.ts';
import { lastDeclineCode } from './overdue.ts';
import type { ChangeBuilder } from './change.ts';
import { changedOffers } from './change-terms.ts';
import { perPeriod } from './charges.ts';
import type { Instant } from './instant.ts';
import type { OfferTerms } from './offer.ts';
import { AUTOMATION, STRIPE } from './verb.ts';

const hasTries = ({ overdue }: SubscriptionBilling): boolean => overdue.some(({ nextTryAt }) => nextTryAt !== null);

/** Timeline entries and emails for a change that was made at Stripe, or by time [R7.4, R8.6]. */
export function announceSubscription(
  change: ChangeBuilder,
  before: SubscriptionBilling,
  after: SubscriptionBilling,
): void {
  if (before.phase === 'trialing' && after.phase === 'active' && !after.ended) change.entry('purchase.trial-ended');
  if (after.ended) return announceEnd(change, before, after.ended);
  // Stripe's `unpaid`: no attempt is left, and Stripe does not cancel by itself [R11.2].
  if (hasTries(before) && after.overdue.length > 0 && !hasTries(after))
    change.followUp('end-billing', { cause: 'delinquent' });
  announcePause(change, before, after);
  announcePrice(change, before, after);
  announceDiscounts(change, before, after);
  if (before.pendingChange && !after.pendingChange) {
    const data = changedOffers(change.before.terms, before.pendingChange.terms);
    change.entry('purchase.offer-change-undone', data);
    change.email('offer-change-undone', 'customer', data).email('admin-offer-change-undone', 'admins', data);
  }
  const was = before.cancellation?.at ?? null;
  const is = after.cancellation?.at ?? null;
  if (was === is) return;
  const data = { cancelAt: is };
  const feedback = after.cancellation?.feedback;
  if (is) {
    change.entry('purchase.cancellation-scheduled', { ...data, cause: 'external', ...(feedback && { feedback }) });
    change.email('cancellation-scheduled', 'customer', data).email('admin-cancellation-scheduled', 'admins', data);
  } else {
    change.entry('purchase.cancellation-undone');
    change.email('cancellation-undone', 'customer').email('admin-cancellation-undone', 'admins');
  }
}

/**
 * It has become another offer: as was scheduled for `at`, whose schedule has then done its work, or
 * by a change made at Stripe [R26.5].
 */
export function announceOffer(
  change: ChangeBuilder,
  from: OfferTerms,
  { terms, at }: { terms: OfferTerms; at: Instant | null },
): void {
  const data = changedOffers(from, terms);
  if (at === null) change.entry('purchase.offer-changed', data);
  else change.entry('purchase.offer-changed', data, AUTOMATION, at).followUp('release-change');
  change.email('offer-changed', 'customer', data).email('admin-offer-changed', 'admins', data);
}

function announcePrice(change: ChangeBuilder, before: SubscriptionBilling, after: SubscriptionBilling): void {
  const was = perPeriod({ ...change.before, billing: before });
  const is = perPeriod({ ...change.before, billing: after });
  if (!was || !is || (was.amountMinor === is.amountMinor && was.currency === is.currency)) return;
  change.entry('purchase.price-changed', { ...is, beforeMinor: was.amountMinor, beforeCurrency: was.currency });
}

/** Put on or taken off at Stripe, or used up there [R22.7]. */
function announceDiscounts(change: ChangeBuilder, before: SubscriptionBilling, after: SubscriptionBilling): void {
  const [was, is] = [discountsOf(before), discountsOf(after)];
  for (const { discountId, code } of was) if (!holds(is, discountId)) change.entry('purchase.discount-ended', { code });
  for (const { discountId, code, percentOff, amountOffMinor, currency, endsAt } of is)
    if (!holds(was, discountId))
      change.entry('purchase.discount-added', { code, percentOff, amountOffMinor, currency, endsAt });
}

const holds = (discounts: HeldDiscount[], id: string): boolean => discounts.some(({ discountId }) => discountId === id);

function announcePause(change: ChangeBuilder, before: SubscriptionBilling, after: SubscriptionBilling): void {
  const resumeAt = after.pause?.resumeAt ?? null;
  if (!before.pause && after.pause) {
    change.entry('purchase.paused', { access: 'keep', resumeAt });
    if (before.overdue.length > 0) change.followUp('void-open-invoices');
    change.email('purchase-paused', 'customer', { resumeAt }).email('admin-purchase-paused', 'admins', { resumeAt });
  } else if (before.pause && !after.pause) {
    const dueAt = before.pause.resumeAt;
    const isDue = dueAt !== null && dueAt <= change.at;
    change.entry('purchase.resumed', {}, isDue ? AUTOMATION : STRIPE, isDue ? dueAt : change.at);
    change.email('purchase-resumed', 'customer').email('admin-purchase-resumed', 'admins');
  } else if (before.pause && before.pause.resumeAt !== resumeAt) {
    change.entry('purchase.resume-date-changed', { resumeAt });
    change.email('resume-date-changed', 'customer', { resumeAt });
    change.email('admin-resume-date-changed', 'admins', { resumeAt });
  }
}

/**
 * Emails the customer about the end (admins were told before) and voids what is unpaid [R6, R8.1,
 * R11.2].
 */
function announceEnd(change: ChangeBuilder, before: SubscriptionBilling, ended: Ended): void {
  change.entry(
    'purchase.canceled',
    { cause: ended.cause, endsAccess: ended.endsAccess, ...(ended.feedback && { feedback: ended.feedback }) },
    ended.by,
    ended.at,
  );
  const declineCode = lastDeclineCode(before.overdue);
  change.email('purchase-canceled', 'customer', { endedAt: ended.at, cause: ended.cause, declineCode });
  if (ended.by !== AUTOMATION)
    change.email('admin-purchase-canceled', 'admins', { endedAt: ended.at, cause: ended.cause });
  if (before.overdue.length > 0) change.followUp('end-billing', { cause: ended.cause });
}
