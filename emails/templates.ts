import type { EmailKind, EmailProps } from './catalogue.ts';
import type { Template } from './template.ts';
import * as notices from './templates/admin-notices.ts';
import AlreadyLive from './templates/already-live.tsx';
import CancellationScheduled from './templates/cancellation-scheduled.tsx';
import CancellationUndone from './templates/cancellation-undone.tsx';
import DuplicatePurchaseRefunded from './templates/duplicate-purchase-refunded.tsx';
import LoginLink from './templates/login-link.tsx';
import MemberWelcome from './templates/member-welcome.tsx';
import MoneyBack from './templates/money-back.tsx';
import OfferGrantConfirmation from './templates/offer-grant-confirmation.tsx';
import PaymentActionRequired from './templates/payment-action-required.tsx';
import PaymentFailed from './templates/payment-failed.tsx';
import PaymentReceipt from './templates/payment-receipt.tsx';
import PurchaseCanceled from './templates/purchase-canceled.tsx';
import PurchaseConfirmation from './templates/purchase-confirmation.tsx';
import PurchasePaused from './templates/purchase-paused.tsx';
import PurchaseResumed from './templates/purchase-resumed.tsx';
import RefundFailed from './templates/refund-failed.tsx';
import RefundReceipt from './templates/refund-receipt.tsx';
import ResumeDateChanged from './templates/resume-date-changed.tsx';

type Templates = { [K in EmailKind]: Template<EmailProps<K>> };

/** One template for each kind: a kind without one does not compile. */
export const TEMPLATES: Templates = {
  'purchase-confirmation': PurchaseConfirmation,
  'offer-grant-confirmation': OfferGrantConfirmation,
  'member-welcome': MemberWelcome,
  'payment-receipt': PaymentReceipt,
  'refund-receipt': RefundReceipt,
  'refund-failed': RefundFailed,
  'payment-failed': PaymentFailed,
  'payment-action-required': PaymentActionRequired,
  'purchase-paused': PurchasePaused,
  'purchase-resumed': PurchaseResumed,
  'resume-date-changed': ResumeDateChanged,
  'cancellation-scheduled': CancellationScheduled,
  'cancellation-undone': CancellationUndone,
  'purchase-canceled': PurchaseCanceled,
  'money-back': MoneyBack,
  'duplicate-purchase-refunded': DuplicatePurchaseRefunded,
  'login-link': LoginLink,
  'already-live': AlreadyLive,
  'admin-purchase-paused': notices.AdminPurchasePaused,
  'admin-purchase-resumed': notices.AdminPurchaseResumed,
  'admin-resume-date-changed': notices.AdminResumeDateChanged,
  'admin-cancellation-scheduled': notices.AdminCancellationScheduled,
  'admin-cancellation-undone': notices.AdminCancellationUndone,
  'admin-purchase-canceled': notices.AdminPurchaseCanceled,
  'admin-refund': notices.AdminRefund,
  'admin-refund-failed': notices.AdminRefundFailed,
  'admin-payment-failed': notices.AdminPaymentFailed,
  'admin-money-back': notices.AdminMoneyBack,
  'admin-dispute': notices.AdminDispute,
  'admin-duplicate-purchase': notices.AdminDuplicatePurchase,
};
