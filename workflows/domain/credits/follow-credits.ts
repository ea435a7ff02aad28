import {
  endOf,
  paidForGoodFrom,
  pendingChangeOf,
  periodEndOf,
  periodStartOf,
  runningTrialEndOf,
} from '../billing-parts.ts';
import { overdueOf } from '../billing.ts';
import { intervalOf } from '../price.ts';
import type { Instant } from '../instant.ts';
import type { PurchaseState } from '../purchase.ts';
import { boundsOf, creditRuleOf, hasEndedCredits, withAnchor } from './credits-of.ts';
import { underRule } from './change-rule.ts';
import { issueDue } from './issue-due.ts';
import { after, expire, forfeitAll, noCredits, type CreditEntry, type Credits } from './ledger.ts';
import { withPaidSpan } from './paid-time.ts';
import type { CreditRule } from './rule.ts';

/** A change, and what it adds to the ledger of credits beside what it does itself. */
export type Followed = { next: PurchaseState; ledger: CreditEntry[] };

/**
 * What a change from `before` to `next` at `at` brings about for credits: they begin with the
 * purchase, change with its offer, are issued and expire by what is paid and due, and end with its
 * billing. Every change of a purchase goes through here.
 */
export function followCredits(before: PurchaseState, next: PurchaseState, at: Instant): Followed {
  const rule = creditRuleOf(next);
  if (next.startedAt === null || (!rule && !next.credits)) return { next, ledger: [] };
  if (hasEndedCredits(next)) return allForfeited(next, endOf(next.billing)?.at ?? at);
  if (!rule) {
    const { next: without, ledger } = allForfeited(next, at);
    return { next: { ...without, credits: undefined }, ledger };
  }
  const known = withTimePaidForGood(next, underItsRule(before, next, rule, at));
  const bounds = { ...boundsOf(before), changesAt: pendingChangeOf(next.billing)?.at ?? null };
  const { credits, entries } = after(expire(known, at), (now) => issueDue(now, rule, bounds, at));
  return { next: credits === next.credits ? next : { ...next, credits }, ledger: entries };
}

function allForfeited(state: PurchaseState, at: Instant): Followed {
  if (!state.credits || state.credits.open.length === 0) return { next: state, ledger: [] };
  const { credits, entries } = forfeitAll(state.credits, at);
  return { next: { ...state, credits }, ledger: entries };
}

/** Under another offer's rule where the offer has changed; new where there were none. */
function underItsRule(before: PurchaseState, next: PurchaseState, rule: CreditRule, at: Instant): Credits {
  const { credits = noCredits(at), terms } = next;
  if (before.terms.offerId === terms.offerId) return credits;
  const isNewPeriod = intervalOf(before.terms.price) !== intervalOf(terms.price);
  const changedAt = isNewPeriod ? (periodStartOf(next.billing) ?? at) : at;
  return creditRuleOf(before)
    ? underRule(credits, before.terms, { terms, rule, at: changedAt })
    : begun(credits, next, changedAt);
}

/** The offer before gave none: years begin with the change, inside a period that is paid. */
function begun(credits: Credits, { billing }: PurchaseState, at: Instant): Credits {
  const from = periodStartOf(billing);
  if (runningTrialEndOf(billing) !== null) return credits;
  const isInside = from !== null && from < at && overdueOf(billing).length === 0;
  return withAnchor(isInside ? withPaidSpan(credits, { from, until: periodEndOf(billing) }) : credits, at);
}

function withTimePaidForGood(state: PurchaseState, credits: Credits): Credits {
  const from = paidForGoodFrom(state.billing, state.startedAt);
  if (from === null) return credits;
  const paid = withPaidSpan(credits, { from, until: null });
  return paid.anchor === null ? withAnchor(paid, from) : paid;
}
