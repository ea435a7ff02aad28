import { expect } from '@jest/globals';
import { pauseOf } from '../../../workflows/domain/billing-parts.ts';
import { billingStatus, overdueOf } from '../../../workflows/domain/billing.ts';
import { nextCharge } from '../../../workflows/domain/charges.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import type { ModelStripe } from './model-stripe.ts';

/** Before Stripe acts: that is due at this instant, and what it charges is what is shown. */
export function isAsSaid({ attempts }: ModelStripe, state: PurchaseState, at: Instant, act: () => void): void {
  const said = nextCharge(state);
  expect(dueList(state).map((due) => due.at)).toContain(at);
  const before = attempts.length;
  act();
  const [attempt, ...others] = attempts.slice(before);
  if (!attempt) return;
  expect(pauseOf(state.billing) === null || pauseOf(state.billing)?.resumeAt === at).toBe(true);
  expect(['canceled', 'completed']).not.toContain(billingStatus(state.billing));
  const isPlain = others.length === 0 && attempt.isRetry === overdueOf(state.billing).length > 0;
  const { amountMinor, totalMinor, isRetry } = attempt;
  if (isPlain && overdueOf(state.billing).length < 2 && !pauseOf(state.billing))
    expect(said).toEqual({ at, amountMinor: isRetry ? amountMinor : totalMinor, currency: 'usd' });
}
