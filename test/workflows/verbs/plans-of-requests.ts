import { aPurchase, T0 } from '../../builders/purchase.ts';
import type { PlanRow } from './offer-change-plans.ts';

const asked = {
  ...aPurchase({ terms: { cancelBy: 'request' } }),
  cancellationRequest: { id: 'r-1', askedAt: T0, refundWanted: true },
};

/** What each step of a cancellation request does [R9.5]. */
export const PLANS_OF_REQUESTS: PlanRow[] = [
  [
    'request-cancellation changes nothing and tells both [R9.5]',
    'request-cancellation',
    aPurchase({ terms: { cancelBy: 'request' } }),
    { requestId: 'r-1', refundWanted: true },
    {
      writes: [],
      money: [],
      emails: ['cancellation-requested', 'admin-cancellation-requested'],
      entry: 'purchase.cancellation-requested',
    },
  ],
  [
    'withdraw-cancellation-request tells the admins',
    'withdraw-cancellation-request',
    asked,
    { requestId: 'r-1' },
    {
      writes: [],
      money: [],
      emails: ['admin-cancellation-request-withdrawn'],
      entry: 'purchase.cancellation-request-withdrawn',
    },
  ],
  [
    'decline-cancellation-request tells both',
    'decline-cancellation-request',
    asked,
    { requestId: 'r-1' },
    {
      writes: [],
      money: [],
      emails: ['cancellation-request-declined', 'admin-cancellation-request-declined'],
      entry: 'purchase.cancellation-request-declined',
    },
  ],
];
