import { pauseOf } from '../billing-parts.ts';
import { overdueOf } from '../billing.ts';
import { addDays, type Instant } from '../instant.ts';
import type { PurchaseState } from '../purchase.ts';
import { boundsOf, creditRuleOf, hasEndedCredits } from './credits-of.ts';
import { availableAt, noCredits, yearOf, type Credits } from './ledger.ts';
import { nextIssue } from './next-issue.ts';
import { isPaid } from './paid-time.ts';
import { issueAt, yearAt, type CreditRule } from './rule.ts';

/** What people read of a purchase's credits [R20.5]. */
export type CreditFigures = {
  perYear: number;
  /** Of the year that runs: what is neither used nor held, and can still be or become available. */
  remainingThisYear: number;
  available: number;
  held: number;
  nextIssueAt: Instant | null;
};

/** null = its offer gives none. */
export function creditFigures(state: PurchaseState, now: Instant): CreditFigures | null {
  const rule = creditRuleOf(state);
  if (!rule) return null;
  const credits = state.credits ?? noCredits(now);
  const next = nextIssue(state)?.at ?? null;
  return {
    perYear: rule.perYear,
    remainingThisYear: remaining(state, rule, credits, now),
    available: availableAt(credits, now).length,
    held: heldCount(credits),
    nextIssueAt: next !== null && next < now ? null : next,
  };
}

const heldCount = ({ open }: Credits): number => open.filter(({ heldBy }) => heldBy !== null).length;

function remaining(state: PurchaseState, rule: CreditRule, credits: Credits, now: Instant): number {
  const { years, endsAt } = boundsOf(state);
  const { anchor } = credits;
  const year = anchor === null ? 0 : yearAt(anchor, now);
  const isOver = year >= years || (endsAt !== null && endsAt <= now);
  if (hasEndedCredits(state) || isOver) return 0;
  const gone = yearOf(credits, now).gone + heldCount(credits) + neverComing(state, rule, credits, now);
  return Math.max(0, rule.perYear - gone);
}

/** Stripe may take so long to charge what is due. */
const CHARGED_WITHIN_DAYS = 1;

/**
 * How many were due in this year in a time that nobody has paid for, and that nobody is asked to
 * pay for any more [R27.1].
 */
function neverComing(state: PurchaseState, rule: CreditRule, credits: Credits, now: Instant): number {
  const { anchor, next, passedOver } = credits;
  if (anchor === null || overdueOf(state.billing).length > 0) return 0;
  const first = yearAt(anchor, now) * rule.perYear;
  const dueBy = pauseOf(state.billing) ? now : addDays(now, -CHARGED_WITHIN_DAYS);
  return Array.from({ length: rule.perYear }, (_, index) => first + index).filter((number) => {
    const at = issueAt(rule, anchor, number);
    return at <= dueBy && (number >= next || passedOver.includes(number)) && !isPaid(credits, at);
  }).length;
}
