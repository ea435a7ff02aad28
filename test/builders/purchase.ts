import { startPurchase, incompletePurchase } from '../../workflows/domain/start-purchase.ts';
import type { OneTimeBilling, SubscriptionBilling } from '../../workflows/domain/billing.ts';
import type { Overdue } from '../../workflows/domain/overdue.ts';
import type { Context } from '../../workflows/domain/change.ts';
import type { Fact, InvoiceFact, RefundFact, StripeObject, SubscriptionFact } from '../../workflows/domain/facts.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import type { OfferTerms, PendingChange } from '../../workflows/domain/offer.ts';
import type { Payment } from '../../workflows/domain/payments.ts';
import type { Command } from '../../workflows/domain/pending.ts';
import type { Price } from '../../workflows/domain/price.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { openWindow } from '../../workflows/domain/refund-window.ts';
import { DEFAULT_SETTINGS } from '../../workflows/domain/settings.ts';
import type { Actor, CommandName } from '../../workflows/domain/verb.ts';
import type { InboxRow, Taken } from '../../workflows/inbox/inbox.ts';
import type { VerbContext } from '../../workflows/verbs/verb.ts';

/** A month's end, on purpose: the next periods end on 28 Feb, 31 Mar, 30 Apr. */
export const T0: Instant = '2027-01-31T09:00:00.000Z';
export const FEB_28: Instant = '2027-02-28T09:00:00.000Z';
export const MAR_31: Instant = '2027-03-31T09:00:00.000Z';

/** `n` seconds after T0. */
export const after = (seconds: number): Instant => new Date(Date.parse(T0) + seconds * 1000).toISOString();

export const ADMIN: Actor = { kind: 'admin', id: 'admin-1', role: 'administrator' };
export const OWNER: Actor = { kind: 'admin', id: 'owner-1', role: 'owner' };

export const MONTHLY = {
  kind: 'subscription',
  amountMinor: 2900,
  currency: 'usd',
  interval: 'month',
  trialDays: 0,
  setupFeeMinor: 0,
} as const satisfies Price;

const someTerms = (given: Partial<OfferTerms> = {}): OfferTerms => ({
  offerId: 'offer-1',
  productIds: ['course', 'community'],
  price: { ...MONTHLY, amountMinor: 4900 },
  refundWindowDays: 30,
  accessDays: null,
  accessStartsAt: null,
  emailsOff: [],
  ...given,
});

const IDS = { purchaseId: 'purchase-1', accountId: 'account-1', contactId: 'contact-1' };

/** A checkout that nobody has paid yet. */
export const aCheckout = (terms: Partial<OfferTerms> = {}): PurchaseState =>
  incompletePurchase({ ...IDS, origin: 'bought', terms: someTerms(terms) });

/** An offer given away at T0. */
export const aGrant = (terms: Partial<OfferTerms> = {}): PurchaseState => ({
  ...startPurchase(
    incompletePurchase({ ...IDS, origin: 'granted', terms: someTerms({ price: { kind: 'free' }, ...terms }) }),
    T0,
  ),
  version: 1,
});

export const aPayment = (given: Partial<Payment> = {}): Payment => ({
  paymentId: 'in_1',
  amountMinor: 4900,
  currency: 'usd',
  paidAt: T0,
  periodStart: T0,
  periodEnd: FEB_28,
  refunds: [],
  disputedAt: null,
  ...given,
});

type Given = Partial<Omit<PurchaseState, 'billing' | 'terms'>> & {
  billing?: Partial<SubscriptionBilling>;
  terms?: Partial<OfferTerms>;
};

/**
 * A monthly subscription, bought and paid at T0, with two products and a refund window of 30 days.
 */
export function aPurchase({ billing, terms, ...given }: Given = {}): PurchaseState {
  const state = startPurchase(aCheckout(terms), T0);
  return {
    ...state,
    version: 1,
    billing: { ...(state.billing as SubscriptionBilling), ...ACTIVE, ...billing },
    payments: [aPayment()],
    refundWindow: openWindow(T0, state.terms.refundWindowDays),
    stripe: { asOf: T0, readAt: null, checkedAt: null },
    ...given,
  };
}

const ACTIVE = { subscriptionId: 'sub_1', phase: 'active', periodStart: T0, periodEnd: FEB_28 } as const;

const ONCE = { kind: 'one_time', amountMinor: 4900, currency: 'usd' } as const satisfies Price;

type OnceGiven = Partial<Omit<PurchaseState, 'billing' | 'terms'>> & {
  billing?: Partial<OneTimeBilling>;
  terms?: Partial<OfferTerms>;
};

/** A checkout of what is paid once, which nobody has paid yet. */
export const aCheckoutOfOnce = (terms: Partial<OfferTerms> = {}): PurchaseState => aCheckout({ price: ONCE, ...terms });

/** Paid once at T0, with two products and a refund window of 30 days. */
export function aOneTime({ billing, terms, ...given }: OnceGiven = {}): PurchaseState {
  const state = startPurchase(aCheckoutOfOnce(terms), T0);
  return {
    ...state,
    version: 1,
    billing: { kind: 'one_time', invoiceId: 'in_1', ended: null, ...billing },
    payments: [aPayment({ periodStart: null, periodEnd: null })],
    refundWindow: openWindow(T0, state.terms.refundWindowDays),
    ...given,
  };
}

/** A free offer that its link was confirmed for at T0. */
export const aFree = (terms: Partial<OfferTerms> = {}): PurchaseState => ({
  ...startPurchase(aCheckout({ price: { kind: 'free' }, ...terms }), T0),
  version: 1,
});

/** The invoice of what is paid once: it bills no subscription. */
export const aSale = (given: Partial<InvoiceFact> = {}): InvoiceFact =>
  anInvoice({
    invoiceId: 'in_1',
    subscriptionId: null,
    reason: 'other',
    paidAt: T0,
    periodStart: null,
    periodEnd: null,
    ...given,
  });

export const aPause = (given: Partial<NonNullable<SubscriptionBilling['pause']>> = {}) => ({
  since: after(60),
  access: 'keep' as const,
  resumeAt: null,
  ...given,
});

export const anOverdue = (given: Partial<Overdue> = {}): Overdue => ({
  since: FEB_28,
  invoiceId: 'in_2',
  amountMinor: 4900,
  currency: 'usd',
  attempts: 1,
  nextTryAt: addDays(FEB_28, 3),
  declineCode: null,
  needsConfirmation: false,
  hasFailed: true,
  suspendsAccess: false,
  ...given,
});

export const aCancellation = (at: Instant = FEB_28) => ({ at, cause: 'internal' as const, askedAt: after(60) });

/** A dearer offer of one of the two products and another one. */
export const GOLD: OfferTerms = someTerms({
  offerId: 'offer-2',
  productIds: ['community', 'studio'],
  price: { ...MONTHLY, amountMinor: 9900 },
});

export const aPendingChange = (given: Partial<PendingChange> = {}): PendingChange => ({
  at: FEB_28,
  askedAt: after(60),
  terms: GOLD,
  priceId: 'price_2',
  ...given,
});

export const anEnd = (given: Partial<NonNullable<SubscriptionBilling['ended']>> = {}) => ({
  at: after(3600),
  cause: 'internal' as const,
  by: { kind: 'admin' as const, id: 'admin-1' },
  endsAccess: true,
  ...given,
});

export const aSubscription = (given: Partial<SubscriptionFact> = {}): SubscriptionFact => ({
  type: 'subscription',
  subscriptionId: 'sub_1',
  status: 'active',
  periodStart: T0,
  periodEnd: FEB_28,
  trialEndsAt: null,
  pause: null,
  cancelAt: null,
  endedAt: null,
  endReason: null,
  commandId: null,
  ...given,
});

export const anInvoice = (given: Partial<InvoiceFact> = {}): InvoiceFact => ({
  type: 'invoice',
  invoiceId: 'in_2',
  status: 'paid',
  amountDueMinor: 4900,
  amountPaidMinor: given.status && given.status !== 'paid' ? 0 : 4900,
  currency: 'usd',
  paidAt: null,
  attempts: 1,
  nextTryAt: null,
  periodStart: FEB_28,
  periodEnd: MAR_31,
  reason: 'renewal',
  trouble: null,
  ...given,
});

/** A failed try of the renewal of 28 Feb, with another one three days later. */
export const aFailure = (given: Partial<InvoiceFact> = {}): InvoiceFact =>
  anInvoice({ status: 'open', trouble: 'failed', nextTryAt: addDays(FEB_28, 3), ...given });

export const aRefund = (given: Partial<RefundFact> = {}): RefundFact => ({
  type: 'refund',
  refundId: 're_1',
  paymentId: 'in_1',
  amountMinor: 1000,
  status: 'succeeded',
  createdAt: after(120),
  commandId: null,
  ...given,
});

export const event = (object: StripeObject, occurredAt: Instant): Fact => ({ object, occurredAt, source: 'event' });

export const contextAt = (now: Instant, given: Partial<Context> = {}): Context => ({
  now,
  settings: DEFAULT_SETTINGS,
  duplicateOf: null,
  ...given,
});

export const askedBy = (now: Instant, actor: Actor = ADMIN, settings = DEFAULT_SETTINGS): VerbContext => ({
  now,
  actor,
  settings,
});

export const aCommand = <Name extends CommandName>(
  name: Name,
  input: unknown = {},
  given: Partial<Command<Name>> = {},
): Command<Name> => ({
  commandId: `command-${name}`,
  name,
  input,
  actor: ADMIN,
  askedAt: after(60),
  planHash: null,
  expectedVersion: null,
  ...given,
});

export const commandRow = (command: Command, seq = 1): InboxRow => ({
  rowId: command.commandId,
  seq,
  at: command.askedAt,
  kind: command.name,
  command,
});

export const factRow = (object: StripeObject, at: Instant, seq = 1): InboxRow => ({
  rowId: `row-${seq}`,
  seq,
  at,
  kind: object.type,
  fact: event(object, at),
  isUnreadable: false,
});

export const taken = (rows: InboxRow[], given: Partial<Taken> = {}): Taken => ({
  epoch: 1,
  revision: 1,
  rows,
  settings: DEFAULT_SETTINGS,
  clock: null,
  duplicateOf: null,
  isMore: false,
  ...given,
});

/** The account's time and the real one. */
export const at = (now: Instant) => ({ now, realNow: now });
