import { creditRuleOf } from '../domain/credits/credits-of.ts';
import { creditFigures, type CreditFigures } from '../domain/credits/figures.ts';
import { creditIdOf, type CreditEntryKind } from '../domain/credits/ledger.ts';
import { expiryOf } from '../domain/credits/rule.ts';
import type { Due } from '../domain/due.ts';
import { addDays, type Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { RETURNED_DAYS } from '../domain/calls/bookings.ts';
import type { Plan } from './plan.ts';

/** What a verb does to credits, for people to read before they press [R6.5]. */
export type CreditEffect = {
  before: CreditFigures | null;
  after: CreditFigures | null;
  entries: { creditId: string; kind: CreditEntryKind; at: Instant; expiresAt: Instant | null }[];
};

export function creditEffect(state: PurchaseState, planned: Plan, now: Instant): CreditEffect | null {
  const before = creditFigures(state, now);
  const after = creditFigures(planned.next, now);
  if (!before && !after) return null;
  const entries = ledgerOf(planned).map(({ credit, kind, at, expiresAt }) => ({
    creditId: creditIdOf(state.purchaseId, credit),
    kind,
    at,
    expiresAt,
  }));
  return { before, after, entries };
}

/**
 * Which credits it touches and how; nothing where it touches none. An expiry that is counted from
 * now moves with it.
 */
export function hashedCredits(planned: Plan, now: Instant): object[] {
  const rule = creditRuleOf(planned.next);
  const fromNow: Partial<Record<CreditEntryKind, Instant | null>> = {
    issued: rule && expiryOf(rule, now),
    returned: addDays(now, RETURNED_DAYS),
  };
  const entries = ledgerOf(planned).map(({ credit, kind, expiresAt }) => [
    credit,
    kind,
    expiresAt !== null && expiresAt === fromNow[kind] ? 'by the rule' : expiresAt,
  ]);
  return entries.length === 0 ? [] : [entries];
}

/** Credits and calls that are due by themselves are no part of what a verb does. */
export const withoutOwnDates = <Facets extends { due: Due[] }>(facets: Facets): Facets => ({
  ...facets,
  due: facets.due.filter(({ kind }) => !kind.startsWith('credit-') && !kind.startsWith('call-')),
});

const ledgerOf = ({ ledger, follows }: Plan) => [...ledger, ...follows.ledger];
