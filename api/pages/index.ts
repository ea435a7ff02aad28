import { adminPage } from './admin/people/admin.tsx';
import { adminsPage } from './admin/people/admins.tsx';
import { confirmationLinkPage } from './admin/people/confirmation-link.tsx';
import { confirmPage } from './admin/people/confirm.tsx';
import { accountPage } from './admin/platform/account.tsx';
import { accountActPages, leaveAccountPage } from './admin/platform/account-acts.tsx';
import { grantPlanPage } from './admin/platform/grant-plan.tsx';
import { outreachPage } from './admin/platform/outreach.tsx';
import { systemPage } from './admin/platform/system.tsx';
import { accountsPage } from './admin/platform/accounts.tsx';
import { auditCsvPage, auditEntryPage, auditLogPage } from './admin/platform/audit-log.tsx';
import { auditOfAllPages } from './admin/platform/audit-log-of-all.tsx';
import { catalogPages } from './admin/catalog/choices.ts';
import { callPages } from './admin/calls/pages.ts';
import { creditPages } from './admin/credits/pages.ts';
import { signedUpPage, signUpPage } from './admin/platform/sign-up.tsx';
import { changePlanPage } from './admin/platform/plan/change-plan.tsx';
import { keepContentPage } from './admin/platform/plan/keep-content.tsx';
import { planPage } from './admin/platform/plan/plan.tsx';
import { settingsPage } from './admin/platform/settings.tsx';
import { testClockPage } from './admin/clock/test-clock.tsx';
import { jobPage } from './admin/jobs/job.tsx';
import { commandPage } from './admin/inbox/command.tsx';
import { commandsPage } from './admin/inbox/commands.tsx';
import { contactFieldsPage } from './admin/people/contact-fields.tsx';
import { loginHelpPage } from './admin/people/login-help.tsx';
import { contactPage } from './admin/people/contact.tsx';
import { formPage } from './admin/people/form.tsx';
import { formsPage } from './admin/people/forms.tsx';
import { newSegmentPage, segmentPage } from './admin/people/segment.tsx';
import { searchPage } from './admin/search/search-page.tsx';
import { segmentsPage } from './admin/people/segments.tsx';
import { newFormPage } from './admin/people/form-new.tsx';
import { activeCustomersPage } from './admin/people/active-customers.tsx';
import { contactActivityPage } from './admin/people/contact-activity.tsx';
import { contactTimelinePage } from './admin/people/contact-timeline.tsx';
import { contactErasePage, contactExportPage } from './admin/people/contact-erase.tsx';
import { contactMergePage } from './admin/people/contact-merge.tsx';
import { newContactPage } from './admin/people/contact-new.tsx';
import { contactsPage } from './admin/people/contacts.tsx';
import { emailFiguresPage } from './admin/mail/email-figures.tsx';
import { emailFramePage, emailPage } from './admin/mail/email.tsx';
import { emailsPage } from './admin/mail/emails.tsx';
import { suppressionsPage } from './admin/mail/suppressions.tsx';
import { templateFramePage, templatePage } from './admin/mail/template.tsx';
import { broadcastPage } from './admin/mail/broadcast.tsx';
import { broadcastFramePage, newBroadcastPage } from './admin/mail/broadcast-new.tsx';
import { sendBroadcastPage } from './admin/mail/broadcast-send.tsx';
import { broadcastsPage } from './admin/mail/broadcasts.tsx';
import { templatesPage } from './admin/mail/templates.tsx';
import { differencePage } from './admin/reconcile/difference.tsx';
import { differencesPage } from './admin/reconcile/differences.tsx';
import { homePage } from './admin/platform/home.tsx';
import { accountForecastPage } from './admin/forecast/account-forecast.tsx';
import { purchaseForecastPage } from './admin/forecast/purchase-forecast.tsx';
import { purchasePage } from './admin/purchase/purchase-page.tsx';
import { disconnectStripePage } from './admin/money/disconnect-stripe.tsx';
import { stripeCallbackPage, stripePage } from './admin/money/stripe.tsx';
import { accessPage } from './admin/platform/access.tsx';
import { teamBookingPages } from './admin/platform/team-booking.tsx';
import { removalPage } from './admin/platform/removal.tsx';
import { removalsPage } from './admin/platform/removals.tsx';
import { declinePage, requestsPage } from './admin/purchase/requests.tsx';
import { cancellationReasonsPage } from './admin/purchase/cancellation-reasons.tsx';
import { decisionPages } from './admin/purchase/attention-page.tsx';
import { verbPages } from './admin/purchase/verb-page.tsx';
import { purchasesPage } from './admin/purchase/purchases.tsx';
import { forgottenPage, resetPasswordPage } from './admin/people/forgotten.tsx';
import { securityPage } from './admin/people/security.tsx';
import { signInHelpPage } from './admin/people/sign-in-help.tsx';
import { signInPage, signOutPage } from './admin/people/sign-in.tsx';
import { unmatchedWebhookPage, webhookPage } from './admin/inbox/webhook.tsx';
import { unmatchedWebhooksPage, webhooksPage } from './admin/inbox/webhooks.tsx';
import { checkoutsPage } from './admin/purchase/checkouts-page.tsx';
import { disputesPage } from './admin/money/disputes-page.tsx';
import { metricPage, metricsPage } from './admin/money/metrics.tsx';
import { paymentsPage } from './admin/money/payments-page.tsx';
import { receiptSettingsPage } from './admin/money/receipt-settings.tsx';
import { creditNotePage, receiptPage } from './admin/money/receipt-pages.ts';
import { mailedReceiptPage, myCreditNotePage, myReceiptPage } from './customer/money/receipt-pages.ts';
import { billingPage } from './customer/money/billing.tsx';
import { cardsPage } from './customer/money/cards.tsx';
import { cancelPage, undoCancelPage } from './customer/purchase/cancel.tsx';
import { changeOfferPage, undoChangePage } from './customer/purchase/change-offer.tsx';
import { pausePage, resumePage } from './customer/purchase/pause.tsx';
import { retentionOfferPage } from './customer/purchase/retention-offer.tsx';
import { requestCancelPage } from './customer/purchase/request-cancel.tsx';
import { customerCallPages } from './customer/calls/pages.ts';
import { confirmPaymentPage } from './customer/money/confirm-payment.tsx';
import { joinPage } from './customer/purchase/join.tsx';
import { ownDaysPage } from './expert/own-days.tsx';
import { ownPage } from './expert/own-page.tsx';
import { confirmSubscriptionPage } from './customer/people/confirm-subscription.tsx';
import { optInPage } from './customer/people/opt-in.tsx';
import { emailPreferencesPage, unsubscribePage } from './customer/people/email-preferences.tsx';
import { contactPreviewPage } from './admin/people/contact-preview.tsx';
import { previewPage } from './customer/people/preview.tsx';
import { libraryPage, sitePage } from './customer/purchase/library.tsx';
import { myLanguagePage } from './customer/people/language.tsx';
import { myPasskeysPage } from './customer/people/passkeys.tsx';
import { mySessionsPage } from './customer/people/sessions.tsx';
import { anyLoginPage, loginPage, logoutPage } from './customer/people/login.tsx';
import { anyForgottenPasswordPage, forgottenPasswordPage } from './customer/people/reset-password.tsx';
import { firstPasswordPage, setPasswordPage } from './customer/people/set-password.tsx';
import { takePage } from './customer/purchase/take.tsx';
import { thanksPage } from './customer/purchase/thanks.tsx';
import { cardUpdatedPage, updateCardPage } from './customer/money/update-card.tsx';
import type { Page } from './page.ts';

/** Every page that there is. */
export const pages: readonly Page[] = [
  sitePage,
  joinPage,
  takePage,
  thanksPage,
  loginPage,
  anyLoginPage,
  logoutPage,
  previewPage,
  optInPage,
  confirmSubscriptionPage,
  unsubscribePage,
  emailPreferencesPage,
  setPasswordPage,
  forgottenPasswordPage,
  anyForgottenPasswordPage,
  firstPasswordPage,
  mySessionsPage,
  myPasskeysPage,
  myLanguagePage,
  libraryPage,
  ...customerCallPages,
  billingPage,
  myReceiptPage,
  myCreditNotePage,
  mailedReceiptPage,
  cardsPage,
  cancelPage,
  undoCancelPage,
  requestCancelPage,
  retentionOfferPage,
  changeOfferPage,
  undoChangePage,
  pausePage,
  resumePage,
  updateCardPage,
  cardUpdatedPage,
  confirmPaymentPage,
  ownPage,
  ownDaysPage,
  confirmPage,
  signUpPage,
  signedUpPage,
  confirmationLinkPage,
  signInPage,
  securityPage,
  signInHelpPage,
  forgottenPage,
  resetPasswordPage,
  signOutPage,
  accountsPage,
  ...auditOfAllPages,
  accountPage,
  outreachPage,
  systemPage,
  grantPlanPage,
  ...accountActPages,
  leaveAccountPage,
  homePage,
  purchasesPage,
  paymentsPage,
  receiptPage,
  receiptSettingsPage,
  creditNotePage,
  metricsPage,
  metricPage,
  disputesPage,
  checkoutsPage,
  searchPage,
  contactsPage,
  newContactPage,
  contactFieldsPage,
  segmentsPage,
  newSegmentPage,
  segmentPage,
  loginHelpPage,
  contactPage,
  formsPage,
  newFormPage,
  formPage,
  contactTimelinePage,
  contactActivityPage,
  activeCustomersPage,
  contactErasePage,
  contactMergePage,
  contactPreviewPage,
  contactExportPage,
  purchasePage,
  purchaseForecastPage,
  accountForecastPage,
  ...verbPages,
  ...decisionPages,
  requestsPage,
  cancellationReasonsPage,
  accessPage,
  stripePage,
  stripeCallbackPage,
  disconnectStripePage,
  ...teamBookingPages,
  removalsPage,
  removalPage,
  declinePage,
  commandsPage,
  commandPage,
  differencesPage,
  differencePage,
  jobPage,
  webhooksPage,
  unmatchedWebhooksPage,
  unmatchedWebhookPage,
  webhookPage,
  ...catalogPages,
  ...creditPages,
  ...callPages,
  emailsPage,
  emailFiguresPage,
  suppressionsPage,
  emailPage,
  emailFramePage,
  templatesPage,
  broadcastsPage,
  newBroadcastPage,
  broadcastFramePage,
  broadcastPage,
  sendBroadcastPage,
  templatePage,
  templateFramePage,
  testClockPage,
  adminsPage,
  auditLogPage,
  auditCsvPage,
  auditEntryPage,
  adminPage,
  settingsPage,
  planPage,
  changePlanPage,
  keepContentPage,
];
