import { accountsPage } from './admin/accounts.tsx';
import { catalogPages } from './admin/catalog.ts';
import { testClockPage } from './admin/clock/test-clock.tsx';
import { commandPage } from './admin/command.tsx';
import { commandsPage } from './admin/commands.tsx';
import { contactPage } from './admin/contact.tsx';
import { newContactPage } from './admin/contact-new.tsx';
import { contactsPage } from './admin/contacts.tsx';
import { emailFramePage, emailPage } from './admin/emails/email.tsx';
import { emailsPage } from './admin/emails/emails.tsx';
import { homePage } from './admin/home.tsx';
import { purchasePage } from './admin/purchase/purchase-page.tsx';
import { decisionPages } from './admin/purchase/attention-page.tsx';
import { verbPages } from './admin/purchase/verb-page.tsx';
import { purchasesPage } from './admin/purchases.tsx';
import { signInPage, signOutPage } from './admin/sign-in.tsx';
import { unmatchedWebhookPage, webhookPage } from './admin/webhook.tsx';
import { unmatchedWebhooksPage, webhooksPage } from './admin/webhooks.tsx';
import { billingPage } from './customer/billing.tsx';
import { cancelPage, undoCancelPage } from './customer/cancel.tsx';
import { confirmPaymentPage } from './customer/confirm-payment.tsx';
import { joinPage } from './customer/join.tsx';
import { libraryPage } from './customer/library.tsx';
import { loginPage, logoutPage } from './customer/login.tsx';
import { firstPasswordPage, setPasswordPage } from './customer/set-password.tsx';
import { thanksPage } from './customer/thanks.tsx';
import { cardUpdatedPage, updateCardPage } from './customer/update-card.tsx';
import type { Page } from './page.ts';

/** Every page that there is. */
export const pages: readonly Page[] = [
  joinPage,
  thanksPage,
  loginPage,
  logoutPage,
  setPasswordPage,
  firstPasswordPage,
  libraryPage,
  billingPage,
  cancelPage,
  undoCancelPage,
  updateCardPage,
  cardUpdatedPage,
  confirmPaymentPage,
  signInPage,
  signOutPage,
  accountsPage,
  homePage,
  purchasesPage,
  contactsPage,
  newContactPage,
  contactPage,
  purchasePage,
  ...verbPages,
  ...decisionPages,
  commandsPage,
  commandPage,
  webhooksPage,
  unmatchedWebhooksPage,
  unmatchedWebhookPage,
  webhookPage,
  ...catalogPages,
  emailsPage,
  emailPage,
  emailFramePage,
  testClockPage,
];
