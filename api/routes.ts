import type { ApiDeps } from './deps.ts';
import type { Route } from './http/route.ts';
import { auditOfAllRoutes, auditRoutes } from './platform/audit-log.ts';
import { activityRoutes } from './people/activity.ts';
import { usageRoutes } from './platform/usage.ts';
import { activationRoutes } from './purchase/activations.ts';
import { adminRoutes } from './people/admins.ts';
import { adminPasswordRoutes } from './people/admin-password.ts';
import { apiKeyRoutes } from './people/api-keys.ts';
import { confirmAdminRoutes } from './people/confirm-admin.ts';
import { cancellationReasonRoutes } from './purchase/cancellation-reasons.ts';
import { cancellationRequestRoutes } from './purchase/cancellation-requests.ts';
import { checkoutRoutes } from './purchase/checkouts.ts';
import { calendarRoutes } from './calls/calendar.ts';
import { callRoutes, seatRoutes } from './calls/calls.ts';
import { cancelBookingsRoutes } from './calls/cancel-bookings.ts';
import { expertPageRoutes } from './calls/expert-page.ts';
import { expertVerbRoutes } from './calls/expert-verbs.ts';
import { expertLinkRoutes } from './credits/expert-links.ts';
import { teamCallRoutes } from './calls/team-calls.ts';
import { customerCallRoutes } from './calls/customer-calls.ts';
import { jobRoutes } from './jobs/jobs.ts';
import { commandRoutes } from './inbox/commands.ts';
import { accessCheckRoutes } from './purchase/access-checks.ts';
import { contactRoutes } from './people/contacts.ts';
import { searchRoutes } from './search/search.ts';
import { segmentRoutes } from './people/segments.ts';
import { contactTimelineRoutes } from './people/contact-timeline.ts';
import { eraseContactRoutes } from './people/erase-contact.ts';
import { mergeContactRoutes } from './people/merge-contacts.ts';
import { exportContactRoutes } from './people/export-contact.ts';
import { customerAccountRoutes } from './people/customer-account.ts';
import { myCardRoutes } from './money/my-cards.ts';
import { customerCardRoutes } from './money/customer-cards.ts';
import { customerPurchaseRoutes } from './people/customer-purchases.ts';
import { customerChangeRoutes } from './people/customer-changes.ts';
import { customerPauseRoutes } from './people/customer-pauses.ts';
import { customerRetentionRoutes } from './people/customer-retention.ts';
import { customerRequestRoutes } from './people/customer-requests.ts';
import { loginHelpRoutes } from './people/login-help.ts';
import { contactSessionRoutes } from './people/contact-sessions.ts';
import { myFormRoutes } from './people/my-forms.ts';
import { mySessionRoutes } from './people/my-sessions.ts';
import { myPasskeyRoutes } from './people/my-passkeys.ts';
import { customerSessionRoutes } from './people/customer-sessions.ts';
import { creditRoutes } from './credits/credits.ts';
import { expertRoutes } from './credits/experts.ts';
import { officeHoursRoutes } from './credits/office-hours.ts';
import { slotRoutes } from './credits/slots.ts';
import { timeOffRoutes } from './credits/time-off.ts';
import { emailRoutes } from './mail/emails.ts';
import { emailFigureRoutes } from './mail/email-figures.ts';
import { suppressionRoutes } from './mail/suppressions.ts';
import { broadcastRoutes } from './mail/broadcasts.ts';
import { emailTemplateRoutes } from './mail/email-templates.ts';
import { grantRoutes } from './purchase/grants.ts';
import { accountTimelineRoutes } from './purchase/account-timeline.ts';
import { freeOfferRoutes } from './purchase/free-offers.ts';
import { formRoutes } from './people/forms.ts';
import { oneTimeLinkRoutes } from './people/one-time-links.ts';
import { browserActivityRoutes } from './people/browser-activity.ts';
import { openPreviewRoutes } from './people/preview-session.ts';
import { offerRoutes } from './catalog/offers.ts';
import { grantPlanRoutes } from './platform/grant-plan.ts';
import { operatorAccountRoutes } from './platform/operator-account.ts';
import { operatorActionRoutes } from './platform/operator-actions.ts';
import { stripeConnectionRoutes } from './money/stripe-connection.ts';
import { stripeOauthRoutes } from './money/stripe-oauth.ts';
import { accessRoutes } from './platform/access.ts';
import { removalRequestRoutes } from './platform/removal-request.ts';
import { removalRoutes } from './platform/removals.ts';
import { operatorRoutes } from './platform/operator-accounts.ts';
import { outreachRoutes } from './platform/outreach.ts';
import { signUpRoutes } from './platform/sign-up.ts';
import { overviewRoutes } from './platform/overview.ts';
import { keptCheckoutRoutes } from './purchase/kept-checkouts.ts';
import { disputeRoutes } from './money/disputes.ts';
import { metricRoutes } from './money/metrics.ts';
import { paymentRoutes } from './money/payments.ts';
import { receiptRoutes } from './money/receipts.ts';
import { receiptSettingRoutes } from './money/receipt-settings.ts';
import { contentRoutes } from './catalog/content.ts';
import { productRoutes } from './catalog/products.ts';
import { purchaseCardRoutes } from './money/purchase-card.ts';
import { publicCheckoutRoutes } from './purchase/public-checkouts.ts';
import { publicPaymentRoutes } from './money/public-payments.ts';
import { promotionCodeRoutes } from './catalog/promotion-codes.ts';
import { publicOfferRoutes } from './catalog/public-offers.ts';
import { forecastRoutes } from './forecast/forecasts.ts';
import { purchaseNoteRoutes } from './purchase/purchase-notes.ts';
import { purchaseRoutes } from './purchase/purchases.ts';
import { ownAppRoutes } from './people/own-app.ts';
import { resetSecondFactorRoutes } from './people/reset-second-factor.ts';
import { ownPasskeyRoutes } from './people/own-passkeys.ts';
import { passkeyLoginRoutes } from './people/passkey-login.ts';
import { secondFactorLoginRoutes } from './people/second-factor-login.ts';
import { securityRoutes } from './people/security.ts';
import { sessionRoutes } from './people/sessions.ts';
import { accountPlanRoutes } from './platform/account-plan.ts';
import { changePlanRoutes } from './platform/change-plan.ts';
import { keptContentRoutes } from './platform/kept-content.ts';
import { systemRoutes } from './platform/system.ts';
import { listViewRoutes } from './platform/list-views.ts';
import { settingsRoutes } from './platform/settings.ts';
import { testClockRoutes } from './clock/test-clock.ts';
import { attentionRoutes } from './purchase/attentions.ts';
import { reconciliationRoutes } from './reconcile/reconciliation.ts';
import { verbRoutes } from './verbs/verb-routes.ts';
import { webhookRoutes } from './inbox/webhooks.ts';

/** Everything under `/v1`, in the order in which the docs show it. */
export const ROUTES: readonly Route<ApiDeps>[] = [
  searchRoutes,
  productRoutes,
  offerRoutes,
  promotionCodeRoutes,
  contentRoutes,
  contactRoutes,
  segmentRoutes,
  formRoutes,
  contactTimelineRoutes,
  contactSessionRoutes,
  loginHelpRoutes,
  activityRoutes,
  activationRoutes,
  usageRoutes,
  eraseContactRoutes,
  mergeContactRoutes,
  exportContactRoutes,
  accessCheckRoutes,
  checkoutRoutes,
  keptCheckoutRoutes,
  grantRoutes,
  overviewRoutes,
  purchaseRoutes,
  purchaseNoteRoutes,
  purchaseCardRoutes,
  forecastRoutes,
  verbRoutes,
  attentionRoutes,
  reconciliationRoutes,
  cancellationRequestRoutes,
  cancellationReasonRoutes,
  callRoutes,
  seatRoutes,
  calendarRoutes,
  commandRoutes,
  jobRoutes,
  webhookRoutes,
  paymentRoutes,
  receiptRoutes,
  receiptSettingRoutes,
  metricRoutes,
  disputeRoutes,
  emailRoutes,
  emailTemplateRoutes,
  broadcastRoutes,
  emailFigureRoutes,
  suppressionRoutes,
  accountTimelineRoutes,
  testClockRoutes,
  creditRoutes,
  expertRoutes,
  timeOffRoutes,
  cancelBookingsRoutes,
  expertLinkRoutes,
  slotRoutes,
  officeHoursRoutes,
  accessRoutes,
  removalRequestRoutes,
  stripeConnectionRoutes,
  stripeOauthRoutes,
  teamCallRoutes,
  settingsRoutes,
  listViewRoutes,
  accountPlanRoutes,
  changePlanRoutes,
  keptContentRoutes,
  adminRoutes,
  resetSecondFactorRoutes,
  operatorActionRoutes,
  auditRoutes,
  confirmAdminRoutes,
  adminPasswordRoutes,
  secondFactorLoginRoutes,
  passkeyLoginRoutes,
  securityRoutes,
  ownAppRoutes,
  ownPasskeyRoutes,
  apiKeyRoutes,
  sessionRoutes,
  oneTimeLinkRoutes,
  openPreviewRoutes,
  browserActivityRoutes,
  customerSessionRoutes,
  publicOfferRoutes,
  publicCheckoutRoutes,
  freeOfferRoutes,
  publicPaymentRoutes,
  expertPageRoutes,
  expertVerbRoutes,
  customerAccountRoutes,
  mySessionRoutes,
  myPasskeyRoutes,
  myFormRoutes,
  customerPurchaseRoutes,
  customerRequestRoutes,
  customerRetentionRoutes,
  customerChangeRoutes,
  customerPauseRoutes,
  customerCallRoutes,
  customerCardRoutes,
  myCardRoutes,
  operatorRoutes,
  removalRoutes,
  operatorAccountRoutes,
  grantPlanRoutes,
  auditOfAllRoutes,
  outreachRoutes,
  systemRoutes,
  signUpRoutes,
].flatMap((of): Route<ApiDeps>[] => Object.values<Route<ApiDeps>>(of));
