import { describe, expect, test } from '@jest/globals';
import { applyDeadline } from '../../../workflows/domain/apply-deadline.ts';
import { followChargeNotice } from '../../../workflows/domain/charge-notice.ts';
import { isLive } from '../../../workflows/domain/billing.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS, type LifecycleSettings } from '../../../workflows/domain/settings.ts';
import { aCancellation, aPause, aPurchase, FEB_28, MAR_31, T0 } from '../../builders/purchase.ts';

const ON: LifecycleSettings = { ...DEFAULT_SETTINGS, emailsOff: [] };
const FEB_25 = addDays(FEB_28, -3);
const PAYMENT = { of: 'payment', chargeAt: FEB_28, at: FEB_25 } as const;
const TRIAL = { phase: 'trialing', trialEndsAt: FEB_28 } as const;

const ALL_OFF = {
  discountId: 'di_1',
  code: null,
  promotionCodeId: null,
  percentOff: 100,
  amountOffMinor: null,
  currency: null,
  duration: 'forever',
  endsAt: null,
};

const noticeOf = (state: PurchaseState) => (isLive(state.billing) ? state.billing.chargeNotice : undefined);
const planned = (billing: object, settings = ON, now = T0) =>
  noticeOf(followChargeNotice(aPurchase({ billing }), now, settings));

describe('before a regular charge its customer is told', () => {
  test.each([
    ['three days before', {}, PAYMENT],
    ['not while it is paused', { pause: aPause() }, undefined],
    ['not where it is canceled before', { cancellation: aCancellation(FEB_28) }, undefined],
    ['also where it is canceled later', { cancellation: aCancellation(MAR_31) }, PAYMENT],
    ['not where a code takes everything off', { discounts: [ALL_OFF] }, undefined],
    ['not once a plan has no instalment left', { instalments: aPlan(['in_1', 'in_2'], T0) }, undefined],
    ['of a plan that has one left', { instalments: aPlan(['in_1'], T0) }, PAYMENT],
    ['once', { chargeNotice: { ...PAYMENT, at: null } }, { ...PAYMENT, at: null }],
    ['again of the next', { chargeNotice: { ...PAYMENT, chargeAt: T0, at: null } }, PAYMENT],
  ])('%s', (_what, billing, expected) => {
    expect(planned(billing)).toEqual(expected);
  });

  test('so many days before as the account has chosen, and never earlier than half of the period', () => {
    expect(planned({}, { ...ON, upcomingPaymentDays: 7 })).toMatchObject({ at: addDays(FEB_28, -7) });
    expect(planned({}, { ...ON, upcomingPaymentDays: 60 })).toMatchObject({ at: addDays(T0, 14) });
  });

  test('at once where that instant has passed already, and not at the charge itself', () => {
    expect(planned({}, ON, addDays(FEB_28, -1))).toMatchObject({ at: addDays(FEB_28, -1) });
    expect(planned({}, ON, FEB_28)).toBeUndefined();
  });

  test('not where account or offer has it off, nor in what was recorded before there were notices', () => {
    const quiet = aPurchase({ terms: { emailsOff: ['upcoming-payment'] } });

    expect(planned({}, DEFAULT_SETTINGS)).toBeUndefined();
    expect(noticeOf(followChargeNotice(quiet, T0, ON))).toBeUndefined();
    expect(planned({}, { ...ON, upcomingPaymentDays: undefined })).toBeUndefined();
  });
});

describe('before a trial ends its customer is told', () => {
  test.each([
    ['three days before, whatever the account has chosen for payments', TRIAL, { ...PAYMENT, of: 'trial' }],
    ['not where it ends with the trial', { ...TRIAL, cancellation: aCancellation(FEB_28) }, undefined],
    ['not where it lasts three days or less', { ...TRIAL, periodStart: FEB_25 }, undefined],
  ])('%s', (_what, billing, expected) => {
    expect(planned(billing, { ...DEFAULT_SETTINGS, upcomingPaymentDays: 7 })).toEqual(expected);
  });
});

test.each([
  ['in time', FEB_25, 1],
  ['a day late', addDays(FEB_25, 1), 1],
  ['not any more once it is charged', FEB_28, 0],
])('a worker that comes late says it %s', (_what, now, count) => {
  const state = aPurchase({ billing: { chargeNotice: PAYMENT, methodId: 'pm_1' } });
  const due = { kind: 'payment-notice', at: FEB_25, owner: 'perennial' } as const;

  const outcome = applyDeadline(state, due, { now, settings: ON, duplicateOf: null });

  expect(outcome).toMatchObject({ kind: 'changed', change: { next: { billing: { chargeNotice: { at: null } } } } });
  const data = { chargeAt: FEB_28, amountMinor: 4900, currency: 'usd', methodId: 'pm_1' };
  expect(outcome.kind === 'changed' && outcome.change.emails).toMatchObject(
    Array.from({ length: count }, () => ({ kind: 'upcoming-payment', at: FEB_25, data })),
  );
});

function aPlan(paidInvoiceIds: string[], settledFrom: string) {
  return { total: 2, paidInvoiceIds, settledFrom, stopAt: null };
}
