import { discountsOf, periodEndOf } from '../domain/billing-parts.ts';
import type { HeldDiscount } from '../domain/discount.ts';
import type { Instant } from '../domain/instant.ts';
import type { MoneyEffect } from '../domain/outcome.ts';
import type { PurchaseState } from '../domain/purchase.ts';

/**
 * Nothing is charged until then; null = until it is resumed. A charge that is passed over uses up
 * the discounts that would have lessened it: Stripe makes its invoice, and voids it.
 */
export function chargesSuspended({ billing }: PurchaseState, until: Instant | null): MoneyEffect[] {
  const periodEnd = periodEndOf(billing);
  const passesOver = periodEnd !== null && (until === null || until > periodEnd);
  const runningOn = passesOver ? discountsOf(billing).flatMap((discount) => runsOn(discount, periodEnd)) : [];
  return [{ kind: 'charges_suspended', until }, ...runningOn];
}

/** When it ends all the same, if it would have lessened the charge that is passed over. */
function runsOn({ duration, endsAt, code }: HeldDiscount, periodEnd: Instant): MoneyEffect[] {
  const until = duration === 'once' ? periodEnd : endsAt;
  const isEnding = until !== null && (duration === 'once' || until > periodEnd);
  return isEnding ? [{ kind: 'discount_runs_on', until, code }] : [];
}
