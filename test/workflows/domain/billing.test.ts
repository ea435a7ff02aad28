import { describe, expect, test } from '@jest/globals';
import {
  billingStatus,
  isLive,
  nextChargeAt,
  type Billing,
  type BillingStatus,
} from '../../../workflows/domain/billing.ts';
import {
  aCancellation,
  aCheckout,
  anEnd,
  anOverdue,
  aPause,
  aPurchase,
  FEB_28,
  MAR_31,
} from '../../builders/purchase.ts';

const PHASES = ['trialing', 'active'] as const;
const YES_NO = [true, false];

/** Every mix of what may hold at once. */
const MIXES = PHASES.flatMap((phase) =>
  YES_NO.flatMap((ended) =>
    YES_NO.flatMap((paused) =>
      YES_NO.map((overdue): [BillingStatus, Billing] => [
        ended ? 'canceled' : paused ? 'paused' : overdue ? 'past_due' : phase,
        aPurchase({
          billing: {
            phase,
            ended: ended ? anEnd() : null,
            pause: paused ? aPause() : null,
            overdue: overdue ? [anOverdue()] : [],
          },
        }).billing,
      ]),
    ),
  ),
);

describe('canceled > paused > past_due > trialing > active [R5.2]', () => {
  test.each(MIXES)('%s', (status, billing) => {
    expect(billingStatus(billing)).toBe(status);
    expect(isLive(billing)).toBe(status !== 'canceled');
  });

  test('a pending cancellation is a date on a live status', () => {
    expect(billingStatus(aPurchase({ billing: { cancellation: aCancellation() } }).billing)).toBe('active');
  });

  test('a grant has none', () => {
    expect(billingStatus({ kind: 'none' })).toBe('none');
    expect(isLive({ kind: 'none' })).toBe(false);
  });

  test('a checkout without a subscription is not live', () => {
    expect(isLive(aCheckout().billing)).toBe(false);
  });
});

describe('the next charge', () => {
  test.each<[string, Parameters<typeof aPurchase>[0], string | null]>([
    ['comes with the next period', {}, FEB_28],
    ['comes with the trial’s end', { billing: { phase: 'trialing' } }, FEB_28],
    ['comes while something is overdue', { billing: { overdue: [anOverdue()] } }, FEB_28],
    ['does not come while paused', { billing: { pause: aPause() } }, null],
    ['does not come after the end', { billing: { ended: anEnd() } }, null],
    ['does not come where the end comes with the period', { billing: { cancellation: aCancellation() } }, null],
    ['comes before a later end', { billing: { cancellation: aCancellation(MAR_31) } }, FEB_28],
  ])('%s', (_what, given, at) => {
    expect(nextChargeAt(aPurchase(given).billing)).toBe(at);
  });
});
