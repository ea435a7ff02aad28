import { describe, expect, test } from '@jest/globals';
import { addDays, fromMs, toMs, type Instant } from '../../../workflows/domain/instant.ts';
import { moneyBack } from '../../../workflows/verbs/money-back.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { aPayment, aPurchase, askedBy, MAR_31, T0 } from '../../builders/purchase.ts';

const CLOSES = addDays(T0, 30);
const LATE = fromMs(toMs(CLOSES) + 1);
const terms = { cancelBy: 'request', quotaFactor: 2, refundWindowDays: 30 } as const;
const request = (askedAt: Instant, refundWanted = true) => ({ id: 'request-1', askedAt, refundWanted });
const addOn = (given: object = {}) => aPurchase({ terms, ...given });
const at = (now: Instant) => askedBy(now);

const INPUT = { override: false, hasReason: false, requestId: 'request-1' };
const AFTER = aPayment({ paymentId: 'in_3', paidAt: MAR_31 });

describe('money back with a removal [R20.4]', () => {
  test.each([
    ['on the last instant of the window', CLOSES, true, null],
    ['one millisecond after it', LATE, true, ['refund_window_closed', 'refundWanted']],
    ['after it, where no refund is wanted', LATE, false, null],
  ])('is asked for %s', (_when, now, refundWanted, refused) => {
    const asked = { requestId: 'request-1', refundWanted };

    const refusal = ask('request-cancellation', addOn(), asked, at(now));

    expect(refusal && [refusal.code, refusal.field]).toEqual(refused);
  });

  test('is judged by when it was asked, however late it is carried out', () => {
    const asked = addOn({ cancellationRequest: request(CLOSES) });

    expect(ask('money-back', asked, INPUT, at(addDays(T0, 300)))).toBeNull();
    expect(ask('money-back', addOn(), { ...INPUT, requestId: undefined }, at(LATE))?.code).toBe('refund_window_closed');
  });

  test('gives back what was paid in the window, and after the request', () => {
    const payments = [aPayment(), AFTER];
    const state = addOn({ payments, cancellationRequest: request(addDays(T0, 28)) });
    const notWanted = addOn({ payments, cancellationRequest: request(addDays(T0, 28), false) });

    const refunds = (of: typeof state) =>
      moneyBack.writes!(of, INPUT, at(MAR_31)).flatMap((write) => (write.op === 'refund' ? [write.paymentId] : []));

    expect(refunds(state)).toEqual(['in_1', 'in_3']);
    expect(refunds(notWanted)).toEqual(['in_1']);
  });

  test('is not held up by what is disputed, which is not given back [R27.9]', () => {
    const payments = [aPayment({ disputedAt: T0 }), AFTER];
    const state = addOn({ payments, cancellationRequest: request(addDays(T0, 2)) });

    expect(ask('money-back', state, INPUT, at(MAR_31))).toBeNull();
    expect(moneyBack.writes!(state, INPUT, at(MAR_31)).filter(({ op }) => op === 'refund')).toMatchObject([
      { paymentId: 'in_3' },
    ]);
  });
});

test('a removal that is asked for is never declined [R20.1]', () => {
  const state = addOn({ cancellationRequest: request(T0) });

  expect(ask('decline-cancellation-request', state, { requestId: 'request-1' }, at(T0))?.code).toBe('wrong_state');
});
