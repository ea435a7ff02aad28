import type { EmailMaterial } from '../../db/mail/email-material.ts';
import type { NewLoginToken } from '../../db/people/login-tokens.ts';
import { EMAILS } from '../../emails/catalogue.ts';
import { textOf } from './intent-data.ts';
import type { Instant } from '../../workflows/domain/instant.ts';

/** The addresses that an email may show. */
export type Links = {
  login: string;
  updateCard: string;
  /** The page of the invoice that the email is about, at Stripe; read when it is opened. */
  confirmPayment: string;
  purchase: string;
  /** Works once, to set a password or to log in; only where the kind needs it. */
  oneTime: { url: string; expiresAt: Instant } | null;
};

export function linksFor({ state, kind, data }: EmailMaterial, publicUrl: string, token: NewLoginToken | null): Links {
  const base = publicUrl.replace(/\/+$/, '');
  const page = EMAILS[kind].oneTimeLink === 'login' ? 'login' : 'set-password';
  return {
    login: `${base}/login`,
    updateCard: `${base}/billing/update-card?purchase=${state.purchaseId}`,
    confirmPayment: `${base}/billing/confirm-payment?purchase=${state.purchaseId}&invoice=${textOf(data, 'invoiceId') ?? ''}`,
    purchase: `${base}/purchases/${state.purchaseId}`,
    oneTime: token && { url: `${base}/${page}?token=${token.token}`, expiresAt: token.expiresAt },
  };
}
