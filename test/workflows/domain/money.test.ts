import { expect, test } from '@jest/globals';
import { isAmount, sumMinor } from '../../../workflows/domain/money.ts';
import { refundableMinor, refundedMinor, type Refund } from '../../../workflows/domain/payments.ts';
import { aPayment, T0 } from '../../builders/purchase.ts';

test.each([
  [1, true],
  [4900, true],
  [Number.MAX_SAFE_INTEGER, true],
  [0, false],
  [-1, false],
  [0.5, false],
  [Number.MAX_SAFE_INTEGER + 1, false],
  [Number.NaN, false],
  ['100', false],
  [null, false],
])('%p is an amount: %p', (value, is) => {
  expect(isAmount(value)).toBe(is);
});

test('sums are of minor units', () => {
  expect(sumMinor([])).toBe(0);
  expect(sumMinor([1, 2, 4900])).toBe(4903);
});

test('what is refunded or on its way is no longer refundable; what failed is again', () => {
  const refund = (refundId: string, amountMinor: number, status: Refund['status']): Refund => {
    return { refundId, amountMinor, status, createdAt: T0, commandId: null };
  };
  const payment = aPayment({
    refunds: [refund('re_1', 1000, 'succeeded'), refund('re_2', 500, 'pending'), refund('re_3', 3000, 'failed')],
  });

  expect(refundedMinor(payment)).toBe(1500);
  expect(refundableMinor(payment)).toBe(3400);
});
