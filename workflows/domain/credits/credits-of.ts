import { cancellationOf, periodEndOf, periodStartOf, trialEndOf } from '../billing-parts.ts';
import { billingStatus } from '../billing.ts';
import type { InvoiceFact } from '../facts.ts';
import { earliest, type Instant } from '../instant.ts';
import { yearsOfCredits, trialDaysOf } from '../price.ts';
import type { PurchaseState } from '../purchase.ts';
import type { Bounds } from './issue-due.ts';
import { noCredits, type Credits } from './ledger.ts';
import { withPaidSpan } from './paid-time.ts';
import type { CreditRule } from './rule.ts';

/** The rule by which a purchase gives credits; null = it gives none. */
export const creditRuleOf = ({ terms, duplicateOf }: PurchaseState): CreditRule | null =>
  duplicateOf === null ? (terms.credits ?? null) : null;

/** Nothing is issued once billing has ended, unless it ended as paid in full [R27.1]. */
export const hasEndedCredits = ({ billing }: PurchaseState): boolean => billingStatus(billing) === 'canceled';

/** Up to when the rule goes as things stand: a pending cancellation, or the end of access. */
export const boundsOf = ({ billing, terms, access }: PurchaseState): Bounds => ({
  years: yearsOfCredits(terms.price),
  endsAt: earliest(cancellationOf(billing)?.at, access?.endsAt),
});

/**
 * The purchase with the time that a paid invoice is for, which may give its credits their anchor. A
 * trial and its fee give none, and one settled at zero counts [R27.1]. The same object where it is
 * for nothing new.
 */
export function withPaidTime(state: PurchaseState, invoice: InvoiceFact): PurchaseState {
  const { reason, periodStart, periodEnd } = invoice;
  if (!creditRuleOf(state) || periodStart === null || periodEnd === null || isOfTrial(state, invoice)) return state;
  const before = state.credits ?? noCredits(periodStart);
  const credits = withPaidSpan(before, { from: periodStart, until: periodEnd });
  // Without a trial the first period alone says where the years begin, however late it is heard of.
  const isFirst = reason === 'first' || trialDaysOf(state.terms.price) > 0;
  if (before.anchor === null && isFirst) return { ...state, credits: withAnchor(credits, periodStart) };
  return credits === before ? state : { ...state, credits };
}

/** The purchase whose running period was paid with a change of its offer. */
export function withPeriodPaid(state: PurchaseState): PurchaseState {
  const [from, until] = [periodStartOf(state.billing), periodEndOf(state.billing)];
  if (!creditRuleOf(state) || from === null) return state;
  return { ...state, credits: withPaidSpan(state.credits ?? noCredits(from), { from, until }) };
}

export const withAnchor = (credits: Credits, anchor: Instant): Credits => ({
  ...credits,
  anchor,
  year: { ...credits.year, startsAt: anchor },
});

function isOfTrial({ terms, billing }: PurchaseState, { reason, periodEnd }: InvoiceFact): boolean {
  if (trialDaysOf(terms.price) > 0 && reason === 'first') return true;
  const trialEndsAt = trialEndOf(billing);
  return trialEndsAt !== null && periodEnd !== null && periodEnd <= trialEndsAt;
}
