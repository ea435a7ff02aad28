import type { EmailMaterial } from '../../db/mail/email-material.ts';
import type { NewLoginToken } from '../../db/people/login-tokens.ts';
import { EMAILS } from '../../emails/catalogue.ts';
import type { DocumentName } from '../../db/money/documents.ts';
import { receiptUrl } from '../../db/money/receipt-link.ts';
import { expertPageUrl, expertToken } from '../../db/credits/expert-link.ts';
import { textOf } from './intent-data.ts';
import type { Instant } from '../../workflows/domain/instant.ts';

/** The addresses that an email may show. */
export type Links = {
  login: string;
  /** Where admins sign in. */
  signIn: string;
  /** Where an account's admins see the platform's add-on. */
  addOn: string;
  /** Works once, to set a password or to log in; only where the kind needs it. */
  oneTime: { url: string; expiresAt: Instant } | null;
  /** The page of the offer that somebody wanted to buy; null = the email is about none. */
  offer: string | null;
  /** An expert's own page; null = the email is about none. */
  ofExpert: string | null;
  /** null = the email belongs to no purchase. */
  ofPurchase: PurchaseLinks | null;
};

export type PurchaseLinks = {
  updateCard: string;
  /** The same as a place of the site's. */
  updateCardPath: string;
  /** The page of the invoice that the email is about, at Stripe; read when it is opened. */
  confirmPayment: string;
  page: string;
  /** Where its customer sees what is paid, and cancels. */
  billing: string;
  /** Where a receipt or a credit note is read without a login. */
  document: (named: DocumentName) => string;
};

/** The pages of one-time links: customers' on their site, admins' beside it. */
const PAGES = {
  login: (site: string) => `${site}/login`,
  set_password: (site: string) => `${site}/set-password`,
  reset_password: (site: string) => `${site}/reset-password`,
  take_free: (site: string, { offerId }: Places) => `${site}/join/${offerId}/take`,
  confirm_opt_in: (site: string) => `${site}/confirm-subscription`,
  confirm_admin: (_site: string, { base }: Places) => `${base}/confirm`,
  reset_admin: (_site: string, { base }: Places) => `${base}/reset-password`,
} as const;

type Places = { base: string; offerId: string };

export function linksFor(
  { accountId, purchase, kind, data, slug, expert }: EmailMaterial,
  { publicUrl, secretKey }: { publicUrl: string; secretKey: string },
  token: NewLoginToken | null,
): Links {
  const base = publicUrl.replace(/\/+$/, '');
  const site = `${base}/s/${slug}`;
  const offerId = textOf(data, 'offerId');
  const places = { base, offerId: purchase?.state.terms.offerId ?? '' };
  const page = PAGES[EMAILS[kind].oneTimeLink ?? 'login'](site, places);
  return {
    login: `${site}/login`,
    signIn: `${base}/sign-in`,
    addOn: `${base}/settings/access`,
    oneTime: token && { url: `${page}?token=${token.token}`, expiresAt: token.expiresAt },
    offer: offerId === null ? null : `${site}/join/${offerId}`,
    ofExpert: expert && expertPageUrl(site, expertToken(expert, secretKey)),
    ofPurchase: purchase && {
      ...purchaseLinks(base, site, purchase.state.purchaseId, textOf(data, 'invoiceId') ?? ''),
      document: (named) => receiptUrl(site, { ...named, accountId }, secretKey),
    },
  };
}

const updateCardPath = (purchaseId: string): string => `/billing/update-card?purchase=${purchaseId}`;

type AtPlaces = Omit<PurchaseLinks, 'document'>;

const purchaseLinks = (base: string, site: string, purchaseId: string, invoiceId: string): AtPlaces => ({
  updateCard: site + updateCardPath(purchaseId),
  updateCardPath: updateCardPath(purchaseId),
  confirmPayment: `${site}/billing/confirm-payment?purchase=${purchaseId}&invoice=${invoiceId}`,
  page: `${base}/purchases/${purchaseId}`,
  billing: `${site}/billing#purchase-${purchaseId}`,
});
