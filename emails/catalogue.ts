/**
 * Every email that the service sends, and what each needs to be written (R13.3).
 *
 * All props are plain JSON: money in minor units, instants as ISO strings. They are stored with the email's row and
 * read again when it is shown or re-sent, so a prop may be added as optional, but never renamed.
 */

import type { CancelCause } from '../workflows/domain/billing.ts';
import type { Instant } from '../workflows/domain/instant.ts';
import type { Money } from '../workflows/domain/money.ts';
import type { Actor } from '../workflows/domain/verb.ts';
import type { EmailEntry } from './entries/entry.ts';
import { LOGIN_ENTRIES } from './entries/logins.ts';
import { MONEY_ENTRIES } from './entries/money.ts';
import { NOTICE_ENTRIES } from './entries/notices.ts';
import { PURCHASE_ENTRIES } from './entries/purchases.ts';

/** What is said of each kind, once. */
export const EMAILS = {
  ...PURCHASE_ENTRIES,
  ...MONEY_ENTRIES,
  ...LOGIN_ENTRIES,
  ...NOTICE_ENTRIES,
};

export type EmailKind = keyof typeof EMAILS;

export const EMAIL_KINDS = Object.keys(EMAILS) as EmailKind[];

/** The kinds of which the catalogue says this. */
export type KindsWhere<Said extends Partial<EmailEntry>> = {
  [K in EmailKind]: (typeof EMAILS)[K] extends Said ? K : never;
}[EmailKind];

export const kindsWhere = <const Said extends Partial<EmailEntry>>(said: Said): KindsWhere<Said>[] =>
  EMAIL_KINDS.filter((kind) => {
    const entry: EmailEntry = EMAILS[kind];
    return Object.entries(said).every(([name, value]) => entry[name as keyof EmailEntry] === value);
  }) as KindsWhere<Said>[];

export type { Instant, Money };

/** Whose email this is: shown in the frame; its zone and locale write all dates and figures. */
export type Site = {
  name: string;
  supportEmail: string;
  /** IANA zone in which instants are shown (R1.3). */
  timeZone: string;
  /** BCP 47; `en-US` if absent. */
  locale?: string;
  /** Last lines of every email, such as the postal address. */
  footer?: string;
};

export type Charge = { amount: Money; at: Instant };
export type Card = { brand: string; last4: string };

/** What every email to a customer knows. */
export type CustomerEmail = { site: Site; contactName?: string | null; offerName: string };

export type PurchaseConfirmationProps = CustomerEmail & {
  products: string[];
  loginUrl: string;
  /** The first payment with its receipt (R13.3); null when nothing was charged, as in a trial. */
  firstPayment: (Charge & { receiptNumber?: string | null; card?: Card | null }) | null;
  trialEndsAt?: Instant | null;
  nextCharge: Charge | null;
};

export type OfferGrantConfirmationProps = CustomerEmail & {
  products: string[];
  loginUrl: string;
  accessStartsAt?: Instant | null;
  accessEndsAt?: Instant | null;
};

export type MemberWelcomeProps = {
  site: Site;
  contactName?: string | null;
  /** The login name. */
  loginEmail: string;
  /** Works once, until `expiresAt` (7 days, R13.2). */
  setPasswordUrl: string;
  expiresAt: Instant;
  loginUrl: string;
};

export type PaymentReceiptProps = CustomerEmail & {
  amount: Money;
  paidAt: Instant;
  receiptNumber?: string | null;
  card?: Card | null;
  nextCharge: Charge | null;
};

export type RefundReceiptProps = CustomerEmail & {
  amount: Money;
  refundedAt: Instant;
  /** `pending`: accepted by the bank, still under way (R10.3). */
  status: 'succeeded' | 'pending';
  payment?: { amount: Money; paidAt: Instant } | null;
};

/** To whom a receipt said that money was on its way. */
export type RefundFailedProps = CustomerEmail & {
  amount: Money;
  failedAt: Instant;
  payment?: { amount: Money; paidAt: Instant } | null;
};

export type PaymentFailedProps = CustomerEmail & {
  amount: Money;
  failedAt: Instant;
  updateCardUrl: string;
  card?: Card | null;
  /** Which try of this payment it was. */
  attempt?: number | null;
  /** Why it failed, in words that are fit to be shown. */
  declineMessage?: string | null;
  /** Null: Stripe will not try again. */
  nextTryAt: Instant | null;
};

export type PaymentActionRequiredProps = CustomerEmail & { amount: Money; actionUrl: string };

export type PurchasePausedProps = CustomerEmail & {
  pausedAt: Instant;
  resumeAt: Instant | null;
  /** The pause blocks access until it ends (R6). */
  accessSuspended: boolean;
};

export type PurchaseResumedProps = CustomerEmail & { resumedAt: Instant; nextCharge: Charge | null };

/** `previousResumeAt`: null = there was none; absent = not known. */
export type ResumeDateChangedProps = CustomerEmail & { previousResumeAt?: Instant | null; resumeAt: Instant | null };

export type CancellationScheduledProps = CustomerEmail & {
  cancelAt: Instant;
  /** The next charge before the end, if one is still to come (R8.1). */
  nextCharge?: Charge | null;
  undoUrl?: string | null;
};

export type CancellationUndoneProps = CustomerEmail & { nextCharge: Charge | null };

export type PurchaseCanceledProps = CustomerEmail & {
  endedAt: Instant;
  /** Billing ended because payment kept failing (R11.2). */
  unpaid?: boolean;
  /** Why the last try failed, in words that are fit to be shown. */
  declineMessage?: string | null;
  /** False where access outlives billing (R11.3). */
  accessEnded?: boolean;
  /** When access ends that outlives billing; null = it does not. */
  accessEndsAt?: Instant | null;
};

export type MoneyBackProps = CustomerEmail & {
  totalRefunded: Money;
  refundedPayments: { amount: Money; paidAt: Instant }[];
  endedAt: Instant;
};

export type DuplicatePurchaseRefundedProps = CustomerEmail & {
  amountRefunded: Money;
  refundedAt: Instant;
  loginUrl: string;
};

/** Asked for by the customer; `loginLinkUrl` works once, until `expiresAt` (15 minutes, R13.2). */
export type LoginLinkProps = { site: Site; contactName?: string | null; loginLinkUrl: string; expiresAt: Instant };

/**
 * To who wanted to buy what they have already, or was named by somebody else; `loginLinkUrl` works once, until `expiresAt` (R5.7).
 * `updateCardUrl`: only where a payment is overdue.
 */
export type AlreadyLiveProps = CustomerEmail & {
  loginLinkUrl: string;
  expiresAt: Instant;
  standing: 'running' | 'paused' | 'past_due';
  updateCardUrl: string | null;
};

/** Who did it (R2.3); `label` is the email shown for an admin or operator. */
export type EmailActor = { kind: Actor['kind']; label?: string | null };

/** What every notice to admins knows. */
export type AdminNotice = {
  site: Site;
  offerName: string;
  customer: { name?: string | null; email: string };
  purchaseUrl: string;
  at: Instant;
  actor: EmailActor;
  reason?: string | null;
};

export type EmailPropsByKind = {
  'purchase-confirmation': PurchaseConfirmationProps;
  'offer-grant-confirmation': OfferGrantConfirmationProps;
  'member-welcome': MemberWelcomeProps;
  'payment-receipt': PaymentReceiptProps;
  'refund-receipt': RefundReceiptProps;
  'refund-failed': RefundFailedProps;
  'payment-failed': PaymentFailedProps;
  'payment-action-required': PaymentActionRequiredProps;
  'purchase-paused': PurchasePausedProps;
  'purchase-resumed': PurchaseResumedProps;
  'resume-date-changed': ResumeDateChangedProps;
  'cancellation-scheduled': CancellationScheduledProps;
  'cancellation-undone': CancellationUndoneProps;
  'purchase-canceled': PurchaseCanceledProps;
  'money-back': MoneyBackProps;
  'duplicate-purchase-refunded': DuplicatePurchaseRefundedProps;
  'login-link': LoginLinkProps;
  'already-live': AlreadyLiveProps;
  'admin-purchase-paused': AdminNotice & { resumeAt: Instant | null; accessSuspended: boolean };
  'admin-purchase-resumed': AdminNotice & { nextCharge: Charge | null };
  'admin-resume-date-changed': AdminNotice & { previousResumeAt?: Instant | null; resumeAt: Instant | null };
  'admin-cancellation-scheduled': AdminNotice & { cancelAt: Instant };
  'admin-cancellation-undone': AdminNotice & { nextCharge: Charge | null };
  'admin-purchase-canceled': AdminNotice & { cause: CancelCause; feedback?: string | null };
  'admin-refund': AdminNotice & { amount: Money; status: 'succeeded' | 'pending' };
  'admin-refund-failed': AdminNotice & { amount: Money; failureReason: string };
  'admin-payment-failed': AdminNotice & { amount: Money; failureReason: string; nextTryAt: Instant | null };
  'admin-money-back': AdminNotice & { totalRefunded: Money; refundedPayments: { amount: Money; paidAt: Instant }[] };
  'admin-dispute': AdminNotice & {
    amount: Money;
    state?: 'inquiry' | 'open' | 'lost';
    disputeReason: string;
    respondBy?: Instant | null;
  };
  'admin-duplicate-purchase': AdminNotice & { amountRefunded: Money };
};

export type EmailProps<K extends EmailKind> = EmailPropsByKind[K];

/** Bytes ready to be sent; nothing in them is fetched from elsewhere. */
export type RenderedEmail = { subject: string; html: string; text: string };
