import { expect, test } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Payment } from '../../../api/pages/admin/money/charged-twice.ts';
import { WhyOf } from '../../../api/pages/admin/money/payment-why.tsx';
import { lookOf } from '../../../workflows/domain/settings.ts';
import { anApiPayment } from '../../builders/api-payment.ts';
import { T0 } from '../../builders/purchase.ts';

const site = {
  id: 'account-1',
  name: 'Willow',
  mode: 'test',
  isPlatform: false,
  timeZone: 'UTC',
  supportEmail: 'help@willow.example',
  slug: 'willow',
  look: lookOf({ site: {} }),
  now: T0,
  isClockMoving: false,
} as const;

const textOf = (given: Partial<Payment>, isSecond = false): string =>
  renderToStaticMarkup(<WhyOf payment={anApiPayment(given)} site={site} isSecond={isSecond} />).replaceAll(
    /<[^>]*>/g,
    '',
  );

const failed = { state: 'failed', paidAt: null, failedAt: T0, attempts: 2 } as const;
const because = { declineCode: 'insufficient_funds', declineReason: 'there was not enough money on the card' };
const dispute = { id: 'dp_1', amountMinor: 2900, currency: 'usd', since: T0 } as const;
const claimed = { ...dispute, reason: 'product_not_received', evidenceDueAt: '2027-02-12T09:00:00.000Z' } as const;

test.each<[string, Partial<Payment>]>([
  ['', {}],
  [
    'There was not enough money on the card, try 2, next tomorrow',
    { ...failed, ...because, nextTryAt: '2027-02-01T09:00:00.000Z' },
  ],
  ['The payment failed, try 2, the last', failed],
  ['The bank waits for a confirmation', { ...failed, state: 'requires_action' }],
  ['There was not enough money on the card', { ...failed, ...because, state: 'canceled' }],
  ['Paid after 2 failed tries', { attempts: 2 }],
  [
    'Dispute, respond by Feb 12: the customer says that nothing was delivered',
    { state: 'disputed', disputes: [{ ...claimed, status: 'open' }] },
  ],
  [
    'Inquiry, respond by Feb 12: the customer says that nothing was delivered',
    { disputes: [{ ...claimed, status: 'inquiry' }] },
  ],
  ['Dispute lost: no reason is known', { disputes: [{ ...claimed, status: 'lost', reason: null }] }],
  ['', { disputes: [{ ...claimed, status: 'won' }] }],
])('“%s” is said of a payment that is so', (text, given) => {
  expect(textOf(given)).toBe(text);
});

test('a second charge of one amount within a day comes first', () => {
  expect(textOf({ attempts: 1 }, true)).toBe('Second charge within a dayPaid after 1 failed try');
});
