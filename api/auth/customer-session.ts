import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import { signToken, type SecretKey } from './secrets.ts';

const SESSION_MS = 12 * 60 * 60 * 1000;

export type CustomerSession = { token: string; expiresAt: Instant; contactId: string };

/** A session of a customer, by real time. */
export function customerSession(contactId: string, secretKey: SecretKey): CustomerSession {
  const expiresAt = fromMs(Date.now() + SESSION_MS);
  return { token: signToken({ kind: 'contact', id: contactId, expiresAt }, secretKey), expiresAt, contactId };
}
