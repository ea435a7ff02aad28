import { readToken, signToken } from '../signature.ts';

/**
 * Names a contact to whoever gets its marketing email; nobody else can make it. It never ends, and
 * is always the same: an old email must unsubscribe, too (RFC 8058).
 */
export const unsubscribeToken = (contactId: string, secretKey: string): string =>
  signToken('unsubscribe', [contactId], secretKey);

/** The contact that a token names; null if none of the keys has signed it. */
export const readUnsubscribeToken = (token: string, secretKeys: readonly string[]): string | null =>
  readToken('unsubscribe', token, 1, secretKeys)?.[0] ?? null;

/** What a marketing email carries, so that one click ends all of them: its link and its headers. */
export type Unsubscribe = { url: string; headers: Record<string, string> };

/** `emailId`: in which it stands, so that it is known by which email somebody left. */
export function unsubscribeOf(
  contactId: string,
  { publicUrl, secretKey, emailId }: { publicUrl: string; secretKey: string; emailId: string },
): Unsubscribe {
  const token = unsubscribeToken(contactId, secretKey);
  const url = `${publicUrl.replace(/\/+$/, '')}/unsubscribe/${token}?email=${emailId}`;
  const headers = { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  return { url, headers };
}
