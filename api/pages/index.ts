import { accountsPage } from './admin/accounts.tsx';
import { signInPage, signOutPage } from './admin/sign-in.tsx';
import type { Page } from './page.ts';

/** Every page that there is. */
export const pages: readonly Page[] = [signInPage, signOutPage, accountsPage];
