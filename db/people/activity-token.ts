import { fromMs, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { readToken, signToken } from '../signature.ts';

/** Lets a browser report what one contact does until an instant, and nothing else. */
export const activityToken = (contactId: string, until: Instant, secretKey: string): string =>
  signToken('activity', [contactId, String(toMs(until))], secretKey);

/** The contact that a token names; null if none of the keys has signed it, or it is over. */
export function readActivityToken(token: string, secretKeys: readonly string[], now: Instant): string | null {
  const [contactId, until] = readToken('activity', token, 2, secretKeys) ?? [];
  return contactId !== undefined && now < fromMs(Number(until)) ? contactId : null;
}
