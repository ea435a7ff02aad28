import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { asSentence, codeForCustomer, declineWords } from '../../emails/decline-words.ts';
import { endOf, runningTrialEndOf } from '../../workflows/domain/billing-parts.ts';
import { billingStatus } from '../../workflows/domain/billing.ts';
import { refundsOf, givenBack } from './given-back.ts';
import { moneyOf, numberOf, textOf } from './intent-data.ts';
import { amountOf, firstPayment, namedPayment } from './payment.ts';
import { customerBase, happenedAt, nextCharge, type Writing } from './writing.ts';

type CustomerKind = KindsWhere<{ to: 'contact' }>;
type Writers = { [K in CustomerKind]: (writing: Writing) => EmailProps<K> };

/** What the emails to customers say. */
export const TO_CUSTOMER: Writers = {
  'purchase-confirmation': purchaseConfirmation,
  'offer-grant-confirmation': offerGrantConfirmation,
  'member-welcome': memberWelcome,
  'payment-receipt': paymentReceipt,
  'refund-receipt': refundReceipt,
  'refund-failed': refundFailed,
  'payment-failed': (writing) => ({
    ...customerBase(writing),
    amount: moneyOf(writing.material.data, writing.material.state),
    failedAt: happenedAt(writing),
    updateCardUrl: writing.links.updateCard,
    attempt: numberOf(writing.material.data, 'attempts'),
    declineMessage: whyFailed(writing),
    nextTryAt: textOf(writing.material.data, 'nextTryAt'),
  }),
  'payment-action-required': (writing) => ({
    ...customerBase(writing),
    amount: moneyOf(writing.material.data, writing.material.state),
    actionUrl: writing.links.confirmPayment,
  }),
  'purchase-paused': (writing) => ({
    ...customerBase(writing),
    pausedAt: happenedAt(writing),
    resumeAt: textOf(writing.material.data, 'resumeAt'),
    accessSuspended: suspendsAccess(writing),
  }),
  'purchase-resumed': (writing) => ({
    ...customerBase(writing),
    resumedAt: happenedAt(writing),
    nextCharge: nextCharge(writing.material.state),
  }),
  'resume-date-changed': (writing) => ({
    ...customerBase(writing),
    previousResumeAt: writing.material.previousResumeAt,
    resumeAt: textOf(writing.material.data, 'resumeAt'),
  }),
  'cancellation-scheduled': (writing) => ({
    ...customerBase(writing),
    cancelAt: textOf(writing.material.data, 'cancelAt') ?? happenedAt(writing),
    nextCharge: nextCharge(writing.material.state),
  }),
  'cancellation-undone': (writing) => ({ ...customerBase(writing), nextCharge: nextCharge(writing.material.state) }),
  'purchase-canceled': purchaseCanceled,
  'money-back': moneyBack,
  'duplicate-purchase-refunded': (writing) => ({
    ...customerBase(writing),
    amountRefunded: givenBack(writing.material, writing.occasion).total,
    refundedAt: happenedAt(writing),
    loginUrl: writing.links.login,
  }),
  'login-link': loginLink,
  'already-live': alreadyLive,
};

/** Why the payment failed, as far as its customer may read it. */
function whyFailed({ material }: Writing): string | null {
  const words = declineWords(codeForCustomer(textOf(material.data, 'declineCode')));
  return words && asSentence(words);
}

/** Whether the pause that is told of blocks access, which by now may have been lifted again. */
export const suspendsAccess = ({ occasion }: Writing): boolean => occasion?.data.access === 'suspend';

function purchaseConfirmation(writing: Writing): EmailProps<'purchase-confirmation'> {
  const { material, links } = writing;
  const { billing } = material.state;
  const payment = firstPayment(material);
  return {
    ...customerBase(writing),
    products: material.products,
    loginUrl: links.login,
    firstPayment: payment && { amount: amountOf(payment), at: payment.paidAt },
    trialEndsAt: runningTrialEndOf(billing),
    nextCharge: nextCharge(material.state),
  };
}

function offerGrantConfirmation(writing: Writing): EmailProps<'offer-grant-confirmation'> {
  const { access, reached } = writing.material.state;
  return {
    ...customerBase(writing),
    products: writing.material.products,
    loginUrl: writing.links.login,
    accessStartsAt: access && !reached.accessStarted ? access.startsAt : null,
    accessEndsAt: access?.endsAt ?? null,
  };
}

function memberWelcome({ material, links }: Writing): EmailProps<'member-welcome'> {
  const { customer, site } = material;
  if (!customer || !links.oneTime) throw new Error('a welcome without its recipient or its link');
  const { url: setPasswordUrl, expiresAt } = links.oneTime;
  return {
    site,
    contactName: customer.name,
    loginEmail: customer.email,
    setPasswordUrl,
    expiresAt,
    loginUrl: links.login,
  };
}

function loginLink({ material, links }: Writing): EmailProps<'login-link'> {
  if (!links.oneTime) throw new Error('a login link without its link');
  const { url: loginLinkUrl, expiresAt } = links.oneTime;
  return { site: material.site, contactName: material.customer?.name ?? null, loginLinkUrl, expiresAt };
}

/** Where something is overdue, the link that logs in leads on to the card. */
function alreadyLive(writing: Writing): EmailProps<'already-live'> {
  const { material, links } = writing;
  if (!links.oneTime) throw new Error('a login link without its link');
  const { url, expiresAt } = links.oneTime;
  const status = billingStatus(material.state.billing);
  const standing = status === 'past_due' || status === 'paused' ? status : 'running';
  const { pathname, search } = new URL(links.updateCard);
  const isOverdue = standing === 'past_due';
  return {
    ...customerBase(writing),
    loginLinkUrl: isOverdue ? `${url}&next=${encodeURIComponent(pathname + search)}` : url,
    expiresAt,
    standing,
    updateCardUrl: isOverdue ? links.updateCard : null,
  };
}

function paymentReceipt(writing: Writing): EmailProps<'payment-receipt'> {
  const { material } = writing;
  const payment = namedPayment(material);
  return {
    ...customerBase(writing),
    amount: payment ? amountOf(payment) : moneyOf(writing.occasion?.data ?? {}, material.state),
    paidAt: payment?.paidAt ?? happenedAt(writing),
    nextCharge: nextCharge(material.state),
  };
}

function refundReceipt(writing: Writing): EmailProps<'refund-receipt'> {
  const { material, occasion } = writing;
  const payment = namedPayment(material);
  const [made] = refundsOf(material, occasion);
  return {
    ...customerBase(writing),
    amount: moneyOf(material.data, material.state),
    refundedAt: happenedAt(writing),
    status: made && made.refund.status !== 'succeeded' ? 'pending' : 'succeeded',
    payment: payment && { amount: amountOf(payment), paidAt: payment.paidAt },
  };
}

function refundFailed(writing: Writing): EmailProps<'refund-failed'> {
  const { material } = writing;
  const payment = namedPayment(material);
  return {
    ...customerBase(writing),
    amount: moneyOf(material.data, material.state),
    failedAt: happenedAt(writing),
    payment: payment && { amount: amountOf(payment), paidAt: payment.paidAt },
  };
}

function purchaseCanceled(writing: Writing): EmailProps<'purchase-canceled'> {
  const { data, state } = writing.material;
  const ended = endOf(state.billing);
  return {
    ...customerBase(writing),
    endedAt: textOf(data, 'endedAt') ?? ended?.at ?? happenedAt(writing),
    unpaid: data.cause === 'delinquent',
    declineMessage: data.cause === 'delinquent' ? whyFailed(writing) : null,
    accessEnded: ended?.endsAccess ?? true,
    accessEndsAt: state.access?.endsAt ?? null,
  };
}

function moneyBack(writing: Writing): EmailProps<'money-back'> {
  const { total, payments } = givenBack(writing.material, writing.occasion);
  return { ...customerBase(writing), totalRefunded: total, refundedPayments: payments, endedAt: happenedAt(writing) };
}
