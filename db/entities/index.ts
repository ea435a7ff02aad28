import { AccountUsage } from './account-usage.ts';
import { Account } from './account.ts';
import { Activity } from './activity.ts';
import { Admin } from './admin.ts';
import { ApiKey } from './api-key.ts';
import { Attention } from './attention.ts';
import { AuditRow } from './audit-row.ts';
import { Broadcast } from './broadcast.ts';
import { BulkJob } from './bulk-job.ts';
import { Call } from './call.ts';
import { CancellationReason } from './cancellation-reason.ts';
import { CancellationRequest } from './cancellation-request.ts';
import { Checkout } from './checkout.ts';
import { CommandText } from './command-text.ts';
import { ContactActivity } from './contact-activity.ts';
import { ContactCount } from './contact-count.ts';
import { Consent } from './consent.ts';
import { Contact } from './contact.ts';
import { ContactField } from './contact-field.ts';
import { ContactFieldValue } from './contact-field-value.ts';
import { ContactNote } from './contact-note.ts';
import { ContactRevenue } from './contact-revenue.ts';
import { ContactSpent } from './contact-spent.ts';
import { ContactTag } from './contact-tag.ts';
import { Content } from './content.ts';
import { Credit } from './credit.ts';
import { CreditEntry } from './credit-entry.ts';
import { DeliveryReport } from './delivery-report.ts';
import { Dispute } from './dispute.ts';
import { DifferenceRow } from './difference-row.ts';
import { Email } from './email.ts';
import { EmailVersion } from './email-version.ts';
import { Erasure } from './erasure.ts';
import { EventCursor } from './event-cursor.ts';
import { EventType } from './event-type.ts';
import { ExpertBusyTime } from './expert-busy-time.ts';
import { ExpertCalendar } from './expert-calendar.ts';
import { ExpertTimeOff } from './expert-time-off.ts';
import { Expert } from './expert.ts';
import { Form } from './form.ts';
import { ForgottenAddress } from './forgotten-address.ts';
import { IdempotentRequest } from './idempotent-request.ts';
import { InboxBody } from './inbox-body.ts';
import { InboxRow } from './inbox-row.ts';
import { Job } from './job.ts';
import { KeptContent } from './kept-content.ts';
import { LimitNotice } from './limit-notice.ts';
import { ListView } from './list-view.ts';
import { LoginToken } from './login-token.ts';
import { LoginTry } from './login-try.ts';
import { MailPace } from './mail-pace.ts';
import { Merge } from './merge.ts';
import { Offer } from './offer.ts';
import { OfficeHours } from './office-hours.ts';
import { OperatorAction } from './operator-action.ts';
import { OwnStripeAccount } from './own-stripe-account.ts';
import { Payment } from './payment.ts';
import { Preview } from './preview.ts';
import { Product } from './product.ts';
import { Progress } from './progress.ts';
import { PromotionCode } from './promotion-code.ts';
import { Purchase } from './purchase.ts';
import { PurchaseProduct } from './purchase-product.ts';
import { QuotaUse } from './quota-use.ts';
import { RateLimit } from './rate-limit.ts';
import { ReconciliationRun } from './reconciliation-run.ts';
import { Receipt } from './receipt.ts';
import { ReceiptCounter } from './receipt-counter.ts';
import { Refund } from './refund.ts';
import { RetentionOffer } from './retention-offer.ts';
import { Seat } from './seat.ts';
import { Segment } from './segment.ts';
import { TotpSecret } from './totp-secret.ts';
import { RecoveryCode } from './recovery-code.ts';
import { HalfLogin } from './half-login.ts';
import { SecurityChange } from './security-change.ts';
import { Passkey } from './passkey.ts';
import { PasskeyChallenge } from './passkey-challenge.ts';
import { Session } from './session.ts';
import { SiteSlug } from './site-slug.ts';
import { StripeAuthorization } from './stripe-authorization.ts';
import { StripeConnection } from './stripe-connection.ts';
import { StripeCustomer } from './stripe-customer.ts';
import { StripeObject } from './stripe-object.ts';
import { StripePrice } from './stripe-price.ts';
import { StripePromotion } from './stripe-promotion.ts';
import { SuppressionLift } from './suppression-lift.ts';
import { TimelineRow } from './timeline-row.ts';
import { WorkerJob } from './worker-job.ts';
import { FigureCount } from './figure-count.ts';
import { RevenueMovement } from './revenue-movement.ts';

/** Every table that is read or written; a test holds them equal to the migrations. */
export const entities = [
  Account,
  Admin,
  ApiKey,
  Attention,
  AuditRow,
  Broadcast,
  BulkJob,
  Call,
  CancellationReason,
  CancellationRequest,
  Checkout,
  CommandText,
  Consent,
  Contact,
  ContactActivity,
  ContactCount,
  ContactField,
  ContactFieldValue,
  ContactNote,
  ContactRevenue,
  ContactSpent,
  FigureCount,
  RevenueMovement,
  ContactTag,
  Content,
  Credit,
  CreditEntry,
  DeliveryReport,
  Dispute,
  DifferenceRow,
  Email,
  EmailVersion,
  Erasure,
  EventCursor,
  EventType,
  Expert,
  ExpertBusyTime,
  ExpertCalendar,
  ExpertTimeOff,
  Form,
  ForgottenAddress,
  IdempotentRequest,
  InboxBody,
  InboxRow,
  Job,
  KeptContent,
  LimitNotice,
  ListView,
  LoginToken,
  LoginTry,
  MailPace,
  Merge,
  Offer,
  OfficeHours,
  OperatorAction,
  OwnStripeAccount,
  Payment,
  Preview,
  Product,
  PromotionCode,
  Purchase,
  PurchaseProduct,
  QuotaUse,
  RateLimit,
  ReconciliationRun,
  Receipt,
  ReceiptCounter,
  Refund,
  RetentionOffer,
  Seat,
  Segment,
  TotpSecret,
  RecoveryCode,
  HalfLogin,
  SecurityChange,
  Passkey,
  PasskeyChallenge,
  Session,
  SiteSlug,
  StripeAuthorization,
  StripeConnection,
  StripeCustomer,
  StripeObject,
  StripePrice,
  StripePromotion,
  SuppressionLift,
  TimelineRow,
  WorkerJob,
  AccountUsage,
  Activity,
  Progress,
];
