import type { KindsWhere } from '../../emails/catalogue.ts';
import type { Interval } from './calendar.ts';
import type { Instant } from './instant.ts';
import type { Standing } from './standing.ts';
import type { Actor, SystemVerbName } from './verb.ts';

/** JSON without personal data: ids, codes, amounts, instants. */
export type EntryData = Record<string, string | number | boolean | null | string[]>;

/** One line of the purchase's timeline [R6.4, R23.1]. */
export type TimelineEntry = {
  /** `purchase.paused`, `payment.succeeded`, ... */
  type: EntryType;
  /** The instant as of which it holds, even if it was carried out later [R1.5]. */
  at: Instant;
  actor: Actor;
  commandId: string | null;
  data: EntryData;
  /** Where the purchase stood before and after a verb [R6.4]; absent on what is no verb. */
  change?: { before: Standing; after: Standing } | undefined;
};

export const ENTRY_TYPES = [
  'purchase.bought',
  'purchase.granted',
  'purchase.duplicate',
  'purchase.duplicate-returned',
  'purchase.paused',
  'purchase.resumed',
  'purchase.resume-date-changed',
  'purchase.cancellation-scheduled',
  'purchase.cancellation-undone',
  'purchase.cancellation-requested',
  'purchase.cancellation-request-withdrawn',
  'purchase.cancellation-request-declined',
  'purchase.cancellation-request-settled',
  'purchase.price-changed',
  'purchase.discount-added',
  'purchase.discount-ended',
  'purchase.offer-change-scheduled',
  'purchase.offer-change-undone',
  'purchase.higher-plan-stays',
  'purchase.offer-changed',
  'purchase.schedule-released',
  'purchase.canceled',
  'purchase.completed',
  'purchase.billing-ended',
  'purchase.plan-end-set',
  'purchase.contact-changed',
  'purchase.instalment-settled',
  'purchase.revoked',
  'purchase.restored',
  'purchase.refunded',
  'purchase.money-back',
  'purchase.payment-retried',
  'purchase.paid-off',
  'purchase.invoices-voided',
  'purchase.access-start-changed',
  'purchase.access-extended',
  'purchase.access-started',
  'purchase.access-expired',
  'purchase.access-suspended',
  'purchase.last-warning',
  'purchase.card-expiring',
  'purchase.trial-ending',
  'purchase.upcoming-payment',
  'purchase.trial-ended',
  'purchase.recovered',
  'purchase.refund-window-closed',
  'purchase.needs-attention',
  'purchase.attention-ended',
  'payment.succeeded',
  'payment.failed',
  'payment.action-required',
  'refund.succeeded',
  'refund.pending',
  'refund.failed',
  'dispute.opened',
  'dispute.updated',
  'dispute.closed',
  'credits.issued',
  'credits.expiring',
  'credits.expired',
  'credits.forfeited',
  'credits.spent',
  'call.booked',
  'call.moved',
  'call.canceled',
  'call.reminded',
  'call.held',
  'call.no-show',
  'seat.booked',
  'seat.canceled',
] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

/**
 * An email that a record causes; one per kind and timeline entry or due instant [R13.5]. Names and
 * addresses are looked up when it is sent.
 */
export type EmailIntent = Addressed & {
  data: EntryData;
  /**
   * The instant of its cause, which a moving clock has passed by the time of the record; absent =
   * the record's.
   */
  at?: Instant | undefined;
};

/** Each kind goes to whom its entry of the catalogue says. */
export type Addressed =
  | { kind: KindsWhere<{ to: 'contact' }>; to: 'customer' }
  | { kind: KindsWhere<{ to: 'admins' }>; to: 'admins' }
  /** To the expert whom its data names. */
  | { kind: KindsWhere<{ to: 'expert' }>; to: 'expert' };

export type Recipient = Addressed['to'];

export type EmailTo<A extends Addressed> = A extends Addressed
  ? [kind: A['kind'], to: A['to'], data?: EntryData]
  : never;

/** Takes what a change of `at` tells, in the order in which people will read it. */
export type Telling = {
  readonly at: Instant;
  entry(type: EntryType, data?: EntryData, actor?: Actor, at?: Instant): Telling;
  /** An email that is caused by the last entry. */
  email(...email: EmailTo<Addressed>): Telling;
};

/**
 * An email that is caused now, with the timeline entry that caused it, which is in the same record.
 */
export type CausedEmail = EmailIntent & { causedBy: TimelineEntry };

/** What a verb does to money, for people to read before they press [R6.5]. */
export type MoneyEffect =
  | { kind: 'refund'; paymentId: string; amountMinor: number; currency: string }
  | { kind: 'no_more_charges'; from: Instant }
  | { kind: 'charges_suspended'; until: Instant | null }
  /** A pause does not lengthen it [R27.5]; null = no code. */
  | { kind: 'discount_runs_on'; until: Instant; code: string | null }
  /** `instalmentsLeft`: the charges of a plan that are left, the next included. */
  | {
      kind: 'charges_continue';
      nextChargeAt: Instant | null;
      amountMinor: number;
      currency: string;
      instalmentsLeft?: number | undefined;
    }
  | { kind: 'charge'; at: Instant; amountMinor: number; currency: string }
  /** What is too much to list one by one, the first `from` and the last `until`, in one sum. */
  | { kind: 'further_charges'; from: Instant; until: Instant; count: number; amountMinor: number; currency: string }
  /**
   * The cycle [at, until) that a cancellation cuts short; what 0.1 has recorded lacks the amount.
   */
  | {
      kind: 'prorated_last_charge';
      at: Instant;
      until: Instant;
      amountMinor?: number | undefined;
      currency?: string | undefined;
    }
  /** What is left of the old offer's period, at Stripe's figure [R26.1]. */
  | { kind: 'unused_credited'; amountMinor: number; currency: string }
  /** At once; without an amount while Stripe is away. */
  | { kind: 'charged_now'; amountMinor?: number | undefined; currency?: string | undefined }
  /** What the customer has with Stripe afterwards; it pays the next invoices [R27.4]. */
  | { kind: 'credit_left'; amountMinor: number; currency: string }
  /** What a change had left as a credit is taken back, with the money that goes back [R27.4]. */
  | { kind: 'credit_withdrawn'; amountMinor: number; currency: string }
  /** What of it has paid other invoices is not given back. */
  | { kind: 'credit_used'; amountMinor: number; currency: string }
  /** It does not hold for the new offer, and ends with the change [R27.5]; null = no code. */
  | { kind: 'discount_ends'; at: Instant; code: string | null }
  /** From the next charge on another code lessens it [R27.5]; null = no code. */
  | { kind: 'discount_replaced'; code: string | null; by: string }
  /** Another period begins, and with it the day on which each is charged. */
  | { kind: 'period_begins'; at: Instant; interval: Interval }
  /** Of what is due at once, the part that a credit on the customer's balance pays. */
  | { kind: 'credit_applied'; amountMinor: number; currency: string }
  | { kind: 'open_invoices_voided' }
  | { kind: 'charge_attempt'; invoiceId: string; amountMinor: number; currency: string };

/**
 * A command that the system gives itself as a consequence; it becomes an inbox row with the record
 * that caused it: of this purchase, or of each that requires it.
 */
export type FollowUp = { name: SystemVerbName; input: EntryData; at?: Instant; to?: 'dependents' };
