import { aPurchase } from '../../builders/purchase.ts';
import type { PlanRow } from './offer-change-plans.ts';

const CANCEL_NOW = [
  { op: 'cancelNow', subscriptionId: 'sub_1' },
  { op: 'voidOpenInvoices', subscriptionId: 'sub_1' },
];

/** What the system does to a purchase that may not go on. */
export const PLANS_OF_ENDS: PlanRow[] = [
  [
    'return-duplicate cancels and gives everything back',
    'return-duplicate',
    aPurchase({ duplicateOf: 'purchase-0' }),
    {},
    {
      writes: [...CANCEL_NOW, { op: 'refund', paymentId: 'in_1', amountMinor: 4900 }],
      money: [],
      emails: ['duplicate-purchase-refunded', 'admin-duplicate-purchase'],
      entry: 'purchase.duplicate-returned',
    },
  ],
  [
    'end-dependent cancels, refunds nothing, and tells both sides [R27.6]',
    'end-dependent',
    aPurchase(),
    { requiredId: 'purchase-0' },
    {
      writes: CANCEL_NOW,
      money: [],
      emails: ['purchase-canceled', 'admin-purchase-canceled'],
      entry: 'purchase.canceled',
    },
  ],
];
