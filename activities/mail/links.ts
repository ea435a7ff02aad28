import type { EmailMaterial } from '../../db/email-material.ts';
import type { NewLoginToken } from '../../db/login-tokens.ts';
import type { EmailKind } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';

/** The addresses that an email may show. */
export type Links = {
  login: string;
  updateCard: string;
  purchase: string;
  /** Works once; only where the kind needs it. */
  setPassword: { url: string; expiresAt: Instant } | null;
};

/** Only Member Welcome carries a link with credentials: a confirmation never does [R13.1, R13.2]. */
export const needsToken = (kind: EmailKind): boolean => kind === 'member-welcome';

export function linksFor({ state }: EmailMaterial, publicUrl: string, token: NewLoginToken | null): Links {
  const base = publicUrl.replace(/\/+$/, '');
  return {
    login: `${base}/login`,
    updateCard: `${base}/billing/update-card?purchase=${state.purchaseId}`,
    purchase: `${base}/purchases/${state.purchaseId}`,
    setPassword: token && { url: `${base}/set-password?token=${token.token}`, expiresAt: token.expiresAt },
  };
}
