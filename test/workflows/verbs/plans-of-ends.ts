import { aPlan } from '../../builders/plan.ts';
import { after, aCancellation, anOverdue, aPayment, aPurchase, FEB_28, MAR_31 } from '../../builders/purchase.ts';
import type { PlanRow } from './offer-change-plans.ts';

const CANCEL_NOW = [
  { op: 'cancelNow', subscriptionId: 'sub_1' },
  { op: 'voidOpenInvoices', subscriptionId: 'sub_1' },
];

const NOW = after(7200);
const DISPUTE = { disputeId: 'du_1', amountMinor: 4900, status: 'open', since: NOW } as const;

const CODE = {
  promotionCodeId: 'code-2',
  code: 'STAY',
  percentOff: 50,
  amountOffMinor: null,
  currency: null,
  duration: 'once',
} as const;
const HELD = { ...CODE, promotionCodeId: 'code-1', code: 'OLD', percentOff: 10, discountId: 'di_1', endsAt: null };

/** A month of which a cancellation has left a half, which is what its invoice asked for. */
const MIDDLE = '2027-03-15T21:00:00.000Z';
const cutShort = aPurchase({
  billing: { periodStart: FEB_28, periodEnd: MIDDLE, cancellation: aCancellation(MIDDLE) },
  payments: [aPayment(), aPayment({ paymentId: 'in_2', periodStart: FEB_28, periodEnd: MIDDLE })],
});

/** What the system does to a purchase that may not go on, and what takes an end back. */
export const PLANS_OF_ENDS: PlanRow[] = [
  [
    'retry-new-card tries what is overdue with the card that took the place of another',
    'retry-new-card',
    aPurchase({ billing: { overdue: [anOverdue()] } }),
    { methodId: 'pm_2' },
    {
      writes: [{ op: 'payInvoice', invoiceId: 'in_2' }],
      money: [{ kind: 'charge_attempt', invoiceId: 'in_2', amountMinor: 4900, currency: 'usd' }],
      emails: [],
      entry: 'purchase.payment-retried',
    },
  ],
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
  [
    'end-disputed cancels now, and tells both sides [R10.5]',
    'end-disputed',
    aPurchase({ payments: [aPayment({ disputedAt: NOW, disputes: [DISPUTE] })] }),
    { disputeId: 'du_1' },
    {
      writes: CANCEL_NOW,
      money: [{ kind: 'no_more_charges', from: NOW }],
      emails: ['purchase-canceled', 'admin-purchase-canceled'],
      entry: 'purchase.canceled',
    },
  ],
  [
    'apply-code replaces what lessens it, from the next charge on, and mails nobody [R27.5]',
    'apply-code',
    aPurchase({ billing: { discounts: [HELD] } }),
    { promotion: CODE },
    {
      writes: [{ op: 'applyCode', subscriptionId: 'sub_1', promotionCodeId: 'code-2' }],
      money: [
        { kind: 'discount_replaced', code: 'OLD', by: 'STAY' },
        { kind: 'charges_continue', nextChargeAt: FEB_28, amountMinor: 2450, currency: 'usd' },
      ],
      emails: [],
      entry: 'purchase.discount-added',
    },
  ],
  [
    'undo-cancel makes a period that was cut short a full one, and the next charge has its rest [R8.1]',
    'undo-cancel',
    cutShort,
    {},
    {
      writes: [{ op: 'undoCancel', subscriptionId: 'sub_1' }],
      money: [{ kind: 'charges_continue', nextChargeAt: MAR_31, amountMinor: 7350, currency: 'usd' }],
      emails: ['cancellation-undone', 'admin-cancellation-undone'],
      entry: 'purchase.cancellation-undone',
    },
  ],
  [
    'pay-off charges the rest of a plan in one invoice',
    'pay-off',
    aPlan({ paid: 2 }),
    { creditMinor: 600 },
    {
      writes: [{ op: 'payOff', subscriptionId: 'sub_1', instalments: 4, amountMinor: 19_600, currency: 'usd' }],
      money: [
        { kind: 'charged_now', amountMinor: 19_000, currency: 'usd' },
        { kind: 'credit_applied', amountMinor: 600, currency: 'usd' },
        { kind: 'no_more_charges', from: after(7200) },
      ],
      emails: [],
      entry: 'purchase.paid-off',
    },
  ],
  [
    'change-contact hands it over, and tells nobody',
    'change-contact',
    aPurchase({ forAccountId: 'account-7' }),
    { contactId: 'contact-2' },
    { writes: [], money: [], emails: [], entry: 'purchase.contact-changed' },
  ],
];
