import { accountsPage } from './admin/accounts.tsx';
import { contactPage } from './admin/contact.tsx';
import { newContactPage } from './admin/contact-new.tsx';
import { contactsPage } from './admin/contacts.tsx';
import { homePage } from './admin/home.tsx';
import { purchasesPage } from './admin/purchases.tsx';
import { signInPage, signOutPage } from './admin/sign-in.tsx';
import type { Page } from './page.ts';

/** Every page that there is. */
export const pages: readonly Page[] = [
  ...[signInPage, signOutPage, accountsPage],
  ...[homePage, purchasesPage, contactsPage, newContactPage, contactPage],
];
