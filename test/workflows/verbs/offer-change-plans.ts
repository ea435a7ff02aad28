import type { HeldDiscount } from '../../../workflows/domain/discount.ts';
import type { OfferTerms } from '../../../workflows/domain/offer.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import type { PlannedName } from '../../../workflows/domain/verb.ts';
import type { ChangeOfferInput, FoundOffer } from '../../../workflows/verbs/found-offer.ts';
import { after, anOverdue, aPendingChange, aPurchase, FEB_28, GOLD, MONTHLY } from '../../builders/purchase.ts';

type Expected = {
  writes: object[];
  money: object[];
  emails: string[];
  entry: string;
  data?: object;
  ledger?: object[];
  next?: object;
};
/** What a verb does in a state: its writes, money, emails and entry, in order. */
export type PlanRow = [what: string, verb: PlannedName, state: PurchaseState, input: object, expected: Expected];

const NOW = after(7200);
const active = aPurchase();
const changing = aPurchase({ billing: { pendingChange: aPendingChange() } });
const sub = { subscriptionId: 'sub_1' };
const usd = { currency: 'usd' };
const CANCEL_NOW = [
  { op: 'cancelNow', ...sub },
  { op: 'voidOpenInvoices', ...sub },
];
const YEARLY: OfferTerms = { ...GOLD, price: { ...MONTHLY, amountMinor: 29_000, interval: 'year' } };
export const becoming = (terms: OfferTerms, given: Partial<FoundOffer> = {}): ChangeOfferInput => ({
  offerId: terms.offerId,
  when: 'now',
  proration: 'prorate',
  found: {
    terms,
    priceId: 'price_2',
    isArchived: false,
    obstacle: null,
    asOf: NOW,
    quote: { ...usd, creditedMinor: 4800, dueMinor: 4900, creditLeftMinor: 0 },
    ...given,
  },
});

const HALF: HeldDiscount = {
  discountId: 'di_1',
  code: 'HALF',
  promotionCodeId: 'code-1',
  percentOff: 50,
  amountOffMinor: null,
  currency: null,
  duration: 'forever',
  endsAt: null,
};
const FIVE_OFF = {
  ...HALF,
  discountId: 'di_2',
  code: null,
  promotionCodeId: null,
  percentOff: null,
  amountOffMinor: 500,
  ...usd,
};

/** What changes of offer do, and what they make others do [R26]. */
export const OFFER_CHANGE_PLANS: PlanRow[] = [
  [
    'change-offer now is invoiced at once, at Stripe’s figures',
    'change-offer',
    active,
    becoming(GOLD),
    {
      writes: [{ op: 'changePrice', ...sub, priceId: 'price_2', proration: 'prorate', asOf: NOW }],
      money: [
        { kind: 'unused_credited', amountMinor: 4800, ...usd },
        { kind: 'charged_now', amountMinor: 4900, ...usd },
        { kind: 'charges_continue', nextChargeAt: FEB_28, amountMinor: 9900, ...usd },
      ],
      emails: ['offer-changed', 'admin-offer-changed'],
      entry: 'purchase.offer-changed',
    },
  ],
  [
    'change-offer to another interval begins a new period; what Stripe cannot say is left out',
    'change-offer',
    active,
    becoming(YEARLY, { quote: null }),
    {
      writes: [{ op: 'changePrice', ...sub, priceId: 'price_2', proration: 'prorate', asOf: NOW }],
      money: [
        { kind: 'charged_now' },
        { kind: 'period_begins', at: NOW, interval: 'year' },
        { kind: 'charges_continue', nextChargeAt: '2028-01-31T11:00:00.000Z', amountMinor: 29_000, ...usd },
      ],
      emails: ['offer-changed', 'admin-offer-changed'],
      entry: 'purchase.offer-changed',
    },
  ],
  [
    'change-offer on trial charges nothing, and the trial runs on [R26.2]',
    'change-offer',
    aPurchase({ payments: [], refundWindow: null, billing: { phase: 'trialing', trialEndsAt: FEB_28 } }),
    becoming(YEARLY),
    {
      writes: [{ op: 'changePrice', ...sub, priceId: 'price_2', proration: 'none', asOf: NOW }],
      money: [{ kind: 'charges_continue', nextChargeAt: FEB_28, amountMinor: 29_000, ...usd }],
      emails: ['offer-changed', 'admin-offer-changed'],
      entry: 'purchase.offer-changed',
    },
  ],
  [
    'change-offer with the end of the period is scheduled, and moves the anchor with the interval',
    'change-offer',
    active,
    { ...becoming(YEARLY), when: 'period_end' },
    {
      writes: [{ op: 'scheduleChange', ...sub, priceId: 'price_2', interval: 'year', at: FEB_28 }],
      money: [
        { kind: 'period_begins', at: FEB_28, interval: 'year' },
        { kind: 'charges_continue', nextChargeAt: FEB_28, amountMinor: 29_000, ...usd },
      ],
      emails: ['offer-change-scheduled', 'admin-offer-change-scheduled'],
      entry: 'purchase.offer-change-scheduled',
    },
  ],
  [
    'change-offer now ends a code that does not hold for the new offer, and keeps what was put on at Stripe [R27.5]',
    'change-offer',
    aPurchase({ billing: { discounts: [HALF, FIVE_OFF] } }),
    { ...becoming(GOLD, { endedDiscounts: ['di_1'] }), proration: 'none' },
    {
      writes: [{ op: 'changePrice', ...sub, priceId: 'price_2', discounts: ['di_2'], proration: 'none', asOf: NOW }],
      money: [
        { kind: 'charges_continue', nextChargeAt: FEB_28, amountMinor: 9400, ...usd },
        { kind: 'discount_ends', at: NOW, code: 'HALF' },
      ],
      emails: ['offer-changed', 'admin-offer-changed'],
      entry: 'purchase.offer-changed',
    },
  ],
  [
    'change-offer with the end of the period ends it then, and a code that holds goes on',
    'change-offer',
    aPurchase({ billing: { discounts: [HALF, FIVE_OFF] } }),
    { ...becoming(GOLD, { endedDiscounts: ['di_2'] }), when: 'period_end' },
    {
      writes: [
        { op: 'scheduleChange', ...sub, priceId: 'price_2', discounts: ['di_1'], interval: 'month', at: FEB_28 },
      ],
      money: [
        { kind: 'charges_continue', nextChargeAt: FEB_28, amountMinor: 4950, ...usd },
        { kind: 'discount_ends', at: FEB_28, code: null },
      ],
      emails: ['offer-change-scheduled', 'admin-offer-change-scheduled'],
      entry: 'purchase.offer-change-scheduled',
    },
  ],
  [
    'undo-change-offer releases the schedule, and nothing changes',
    'undo-change-offer',
    changing,
    {},
    {
      writes: [{ op: 'releaseChange', ...sub }],
      money: [{ kind: 'charges_continue', nextChargeAt: FEB_28, amountMinor: 4900, ...usd }],
      emails: ['offer-change-undone', 'admin-offer-change-undone'],
      entry: 'purchase.offer-change-undone',
    },
  ],
  [
    'cancel now releases a pending change of offer first [R26.3]',
    'cancel',
    changing,
    { when: 'now', cancelAt: null },
    {
      writes: [{ op: 'releaseChange', ...sub }, ...CANCEL_NOW],
      money: [{ kind: 'no_more_charges', from: NOW }],
      emails: ['purchase-canceled', 'admin-purchase-canceled'],
      entry: 'purchase.canceled',
    },
  ],
  [
    'end-billing releases a pending change of offer first [R26.3]',
    'end-billing',
    aPurchase({ billing: { overdue: [anOverdue({ nextTryAt: null })], pendingChange: aPendingChange() } }),
    { cause: 'delinquent' },
    {
      writes: [{ op: 'releaseChange', ...sub }, ...CANCEL_NOW],
      money: [],
      emails: ['purchase-canceled', 'admin-purchase-canceled'],
      entry: 'purchase.canceled',
    },
  ],
  [
    'release-change lets go of a schedule that has done its work',
    'release-change',
    active,
    {},
    { writes: [{ op: 'releaseChange', ...sub }], money: [], emails: [], entry: 'purchase.schedule-released' },
  ],
];
