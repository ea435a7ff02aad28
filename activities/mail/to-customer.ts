import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { fill } from '../../emails/words/fill.ts';
import { endOf, runningTrialEndOf } from '../../workflows/domain/billing-parts.ts';
import { billingStatus, type BillingStatus } from '../../workflows/domain/billing.ts';
import { instalmentOf, instalmentsOf, wasPaidOff } from '../../workflows/domain/instalments.ts';
import type { Payment, Refund } from '../../workflows/domain/payments.ts';
import { isCharged } from '../../workflows/domain/price.ts';
import { beginningOf } from './beginning.ts';
import { CHARGES_AHEAD_TOLD } from './charges-ahead-told.ts';
import { CREDITS_TOLD } from './credits-told.ts';
import { refundsOf, givenBack, whySentBack } from './given-back.ts';
import { moneyOf, textOf } from './intent-data.ts';
import { PAYMENT_TROUBLE_TOLD, whyFailed } from './payment-trouble-told.ts';
import { OFFER_CHANGES_TOLD } from './offer-changes-told.ts';
import { ADD_ON_TOLD } from './add-on-told.ts';
import { REQUESTS_TOLD } from './requests-told.ts';
import { amountOf, firstPayment, namedPayment, paidFor, receiptUrlOf } from './payment.ts';
import { customerBase, ownerBase, happenedAt, languageOf, nextCharge, oneTimeLink, type Writing } from './writing.ts';

type CustomerKind = Exclude<KindsWhere<{ about: 'purchase'; to: 'contact' }>, `${'call' | 'seat'}-${string}`>;
type Writers = { [K in CustomerKind]: (writing: Writing) => EmailProps<K> };

/** What the emails to customers about their purchases say. */
export const TO_CUSTOMER: Writers = {
  'purchase-confirmation': purchaseConfirmation,
  'offer-grant-confirmation': offerGrantConfirmation,
  'payment-receipt': paymentReceipt,
  'refund-receipt': refundReceipt,
  'refund-failed': refundFailed,
  ...PAYMENT_TROUBLE_TOLD,
  ...CHARGES_AHEAD_TOLD,
  'purchase-paused': (writing) => ({
    ...ownerBase(writing),
    pausedAt: happenedAt(writing),
    resumeAt: textOf(writing.material.data, 'resumeAt'),
    accessSuspended: suspendsAccess(writing),
  }),
  'purchase-resumed': (writing) => ({
    ...ownerBase(writing),
    resumedAt: happenedAt(writing),
    nextCharge: nextCharge(writing.material.purchase.state),
  }),
  'resume-date-changed': (writing) => ({
    ...customerBase(writing),
    previousResumeAt: writing.material.purchase.previousResumeAt,
    resumeAt: textOf(writing.material.data, 'resumeAt'),
    hasDate: textOf(writing.material.data, 'resumeAt') !== null,
  }),
  'cancellation-scheduled': (writing) => ({
    ...customerBase(writing),
    cancelAt: textOf(writing.material.data, 'cancelAt') ?? happenedAt(writing),
    nextCharge: nextCharge(writing.material.purchase.state),
  }),
  ...REQUESTS_TOLD,
  ...ADD_ON_TOLD,
  'cancellation-undone': (writing) => ({
    ...ownerBase(writing),
    nextCharge: nextCharge(writing.material.purchase.state),
  }),
  'plan-completed': planCompleted,
  ...OFFER_CHANGES_TOLD,
  ...CREDITS_TOLD,
  'purchase-canceled': purchaseCanceled,
  'money-back': moneyBack,
  'duplicate-purchase-refunded': (writing) => ({
    ...customerBase(writing),
    amountRefunded: givenBack(writing.material, writing.occasion).total,
    refundedAt: happenedAt(writing),
    loginUrl: writing.links.login,
    why: whySentBack(writing.material.purchase.state),
  }),
  'already-live': alreadyLive,
  'free-offer-link': freeOfferLink,
};

/** Whether the pause that the email is about blocks access; by now that may have been lifted. */
export const suspendsAccess = ({ occasion }: Writing): boolean => occasion?.data.access === 'suspend';

function purchaseConfirmation(writing: Writing): EmailProps<'purchase-confirmation'> {
  const { material, links } = writing;
  const payment = firstPayment(material);
  return {
    ...ownerBase(writing),
    products: material.purchase.products,
    loginUrl: links.login,
    ...beginningOf(material),
    ...paidFor(writing, payment),
    paid: payment && amountOf(payment),
    paidAt: payment?.paidAt ?? null,
    isUnpaid: payment === null && isCharged(material.purchase.state.terms.price),
    instalment: payment && nthPayment(writing, payment),
    trialEndsAt: runningTrialEndOf(material.purchase.state.billing),
    nextCharge: nextCharge(material.purchase.state),
    accessEndsAt: material.purchase.state.access?.endsAt ?? null,
  };
}

function offerGrantConfirmation(writing: Writing): EmailProps<'offer-grant-confirmation'> {
  const { access, reached } = writing.material.purchase.state;
  return {
    ...customerBase(writing),
    products: writing.material.purchase.products,
    loginUrl: writing.links.login,
    accessStartsAt: access && !reached.accessStarted ? access.startsAt : null,
    accessEndsAt: access?.endsAt ?? null,
  };
}

function freeOfferLink(writing: Writing): EmailProps<'free-offer-link'> {
  const { url: takeUrl, expiresAt } = oneTimeLink(writing);
  return { ...customerBase(writing), takeUrl, expiresAt };
}

const STANDINGS = {
  trialing: 'running',
  active: 'running',
  past_due: 'past_due',
  paused: 'paused',
  canceled: 'running',
  completed: 'yours',
  paid: 'yours',
  none: 'yours',
} as const satisfies Record<BillingStatus, EmailProps<'already-live'>['standing']>;

/** If something is overdue, the login link leads on to the card. */
function alreadyLive(writing: Writing): EmailProps<'already-live'> {
  const { material, links } = writing;
  const { url, expiresAt } = oneTimeLink(writing);
  const { updateCard } = links.ofPurchase;
  const status = billingStatus(material.purchase.state.billing);
  const standing = STANDINGS[status];
  const isOverdue = standing === 'past_due';
  return {
    ...customerBase(writing),
    loginLinkUrl: isOverdue ? `${url}&next=${encodeURIComponent(links.ofPurchase.updateCardPath)}` : url,
    expiresAt,
    standing,
    instead: textOf(material.data, 'instead'),
    isInstead: textOf(material.data, 'instead') !== null,
    isOverdue,
    updateCardUrl: isOverdue ? updateCard : null,
  };
}

function paymentReceipt(writing: Writing): EmailProps<'payment-receipt'> {
  const { material } = writing;
  const payment = namedPayment(material);
  const charge = nextCharge(material.purchase.state);
  return {
    ...ownerBase(writing),
    amount: payment ? amountOf(payment) : moneyOf(writing.occasion?.data ?? {}, material.purchase.state),
    paidAt: payment?.paidAt ?? happenedAt(writing),
    ...paidFor(writing, payment),
    nextCharge: charge,
    isLast: charge === null,
    instalment: payment && nthPayment(writing, payment),
  };
}

/** Which payment of a plan it was; null = it belongs to no plan. */
function nthPayment(writing: Writing, { paymentId }: Payment): string | null {
  const { billing } = writing.material.purchase.state;
  const { instalment: first, lastInstalment: last, instalments: of } = instalmentOf(billing, paymentId);
  if (first === undefined) return null;
  const { payment } = languageOf(writing);
  const values = { first: String(first), last: String(last), of: String(of) };
  return fill(last === undefined ? payment.instalment : payment.instalments, values);
}

function planCompleted(writing: Writing): EmailProps<'plan-completed'> {
  const { material } = writing;
  const { access, billing } = material.purchase.state;
  const payment = namedPayment(material);
  const accessEndsOn = access?.endsAt ?? null;
  return {
    ...customerBase(writing),
    paid: payment && amountOf(payment),
    receiptUrl: receiptUrlOf(writing.links, payment),
    completedAt: happenedAt(writing),
    payments: instalmentsOf(billing)?.total ?? 0,
    paidBy: wasPaidOff(billing) ? 'all_at_once' : 'last_payment',
    accessEndsOn,
    access: accessEndsOn === null ? 'kept' : 'limited',
  };
}

function refundReceipt(writing: Writing): EmailProps<'refund-receipt'> {
  const { material, occasion } = writing;
  const payment = namedPayment(material);
  const [made] = refundsOf(material, occasion);
  return {
    ...customerBase(writing),
    amount: moneyOf(material.data, material.purchase.state),
    refundedAt: happenedAt(writing),
    status: made && made.refund.status !== 'succeeded' ? 'pending' : 'succeeded',
    creditNoteUrl: creditNoteUrl(writing, made?.refund),
    payment: payment && { amount: amountOf(payment), paidAt: payment.paidAt },
  };
}

/** null = its credit note is not written yet. */
const creditNoteUrl = ({ links }: Writing, refund: Refund | undefined): string | null =>
  refund?.status === 'succeeded' ? links.ofPurchase.document({ kind: 'credit_note', id: refund.refundId }) : null;

function refundFailed(writing: Writing): EmailProps<'refund-failed'> {
  const { material } = writing;
  const payment = namedPayment(material);
  return {
    ...customerBase(writing),
    amount: moneyOf(material.data, material.purchase.state),
    failedAt: happenedAt(writing),
    payment: payment && { amount: amountOf(payment), paidAt: payment.paidAt },
  };
}

function purchaseCanceled(writing: Writing): EmailProps<'purchase-canceled'> {
  const { data, purchase } = writing.material;
  const { billing, access } = purchase.state;
  const ended = endOf(billing);
  const endedAt = textOf(data, 'endedAt') ?? ended?.at ?? happenedAt(writing);
  const accessEndsOn = access?.endsAt ?? null;
  const isUnpaid = data.cause === 'delinquent';
  return {
    ...customerBase(writing),
    endedAt,
    endedOn: endedAt,
    accessEndsOn,
    access: (ended?.endsAccess ?? true) ? 'ended' : accessEndsOn ? 'limited' : 'kept',
    isUnpaid,
    requirementEnded: data.cause === 'requirement_ended',
    declineMessage: isUnpaid ? whyFailed(writing) : null,
  };
}

function moneyBack(writing: Writing): EmailProps<'money-back'> {
  const { total, payments } = givenBack(writing.material, writing.occasion);
  return { ...customerBase(writing), totalRefunded: total, refundedPayments: payments, endedAt: happenedAt(writing) };
}
