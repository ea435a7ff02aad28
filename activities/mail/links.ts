import type { EmailMaterial } from '../../db/mail/email-material.ts';
import type { NewLoginToken } from '../../db/people/login-tokens.ts';
import { EMAILS } from '../../emails/catalogue.ts';
import { textOf } from './intent-data.ts';
import type { Instant } from '../../workflows/domain/instant.ts';

/** The addresses that an email may show. */
export type Links = {
  login: string;
  /** Works once, to set a password or to log in; only where the kind needs it. */
  oneTime: { url: string; expiresAt: Instant } | null;
  /** null = the email belongs to no purchase. */
  ofPurchase: PurchaseLinks | null;
};

export type PurchaseLinks = {
  updateCard: string;
  /** The page of the invoice that the email is about, at Stripe; read when it is opened. */
  confirmPayment: string;
  page: string;
};

export function linksFor(
  { purchase, kind, data }: EmailMaterial,
  publicUrl: string,
  token: NewLoginToken | null,
): Links {
  const base = publicUrl.replace(/\/+$/, '');
  const page = EMAILS[kind].oneTimeLink === 'login' ? 'login' : 'set-password';
  return {
    login: `${base}/login`,
    oneTime: token && { url: `${base}/${page}?token=${token.token}`, expiresAt: token.expiresAt },
    ofPurchase: purchase && purchaseLinks(base, purchase.state.purchaseId, textOf(data, 'invoiceId') ?? ''),
  };
}

const purchaseLinks = (base: string, purchaseId: string, invoiceId: string): PurchaseLinks => ({
  updateCard: `${base}/billing/update-card?purchase=${purchaseId}`,
  confirmPayment: `${base}/billing/confirm-payment?purchase=${purchaseId}&invoice=${invoiceId}`,
  page: `${base}/purchases/${purchaseId}`,
});
