import { cancellationOf, pendingChangeOf, runningTrialEndOf } from '../billing-parts.ts';
import { isLive } from '../billing.ts';
import { chargesFrom, runningCycle } from '../charges.ts';
import { earliest, type Instant } from '../instant.ts';
import { chargesLeft } from '../instalment-count.ts';
import { trialDaysOf } from '../price.ts';
import type { PurchaseState } from '../purchase.ts';
import { underRule } from './change-rule.ts';
import { boundsOf, creditRuleOf, hasEndedCredits } from './credits-of.ts';
import { noCredits, type Credits } from './ledger.ts';
import { isPaid } from './paid-time.ts';
import { issueAt, type CreditRule } from './rule.ts';

/**
 * `isPaid`: its time is paid for, so that it comes by itself; else the payment brings it, or the
 * change of offer.
 */
export type NextIssue = { at: Instant; isPaid: boolean };

/** The next issue as things stand; null = none will come. One that waits for a payment is none. */
export function nextIssue(state: PurchaseState): NextIssue | null {
  const change = pendingChangeOf(state.billing);
  const found = nextByRule(state, creditRuleOf(state), state.credits ?? null, change?.at ?? null);
  if (found || !change) return found;
  const rule = change.terms.credits ?? null;
  const credits =
    rule && state.credits ? underRule(state.credits, state.terms, { terms: change.terms, rule, at: change.at }) : null;
  const issue = nextByRule({ ...state, terms: change.terms }, rule, credits, null);
  return issue && { ...issue, isPaid: false };
}

function nextByRule(
  state: PurchaseState,
  rule: CreditRule | null,
  credits: Credits | null,
  changesAt: Instant | null,
): NextIssue | null {
  const anchor = anchorAhead(state);
  if (!rule || anchor === null || state.startedAt === null || hasEndedCredits(state)) return null;
  const known = credits ?? noCredits(anchor);
  const { years, endsAt } = boundsOf(state);
  const until = earliest(endsAt, changesAt);
  const from = chargedFrom(state);
  // Beyond the paid time and a cycle, nothing new is found.
  const last = Math.min(years * rule.perYear, known.next + 2 * rule.perYear);
  for (let number = known.next; number < last; number += 1) {
    const at = issueAt(rule, known.anchor ?? anchor, number);
    if (until !== null && at >= until) return null;
    if (isPaid(known, at)) return { at, isPaid: true };
    if (from !== null && from <= at) return { at, isPaid: false };
  }
  return null;
}

/**
 * Where its years begin or are going to: after a trial with its first charge, which a pause may put
 * off [R7.3]; null = that is not known.
 */
function anchorAhead(state: PurchaseState): Instant | null {
  const { credits, billing, terms } = state;
  if (credits?.anchor) return credits.anchor;
  return trialDaysOf(terms.price) > 0 || runningTrialEndOf(billing) !== null ? chargedFrom(state) : null;
}

/** From when on each period is going to be charged; null = no more is. */
function chargedFrom(state: PurchaseState): Instant | null {
  const { billing } = state;
  const cycle = runningCycle(state);
  if (!isLive(billing) || !cycle || chargesLeft(billing) === 0) return null;
  const from = chargesFrom(state, cycle);
  const endsAt = cancellationOf(billing)?.at;
  return from !== null && (endsAt === undefined || from < endsAt) ? from : null;
}
