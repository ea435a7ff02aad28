import { fromMs, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { isSignedBy, signatureOf } from '../signature.ts';

/** Lets a browser report what one contact does until an instant, and nothing else. */
export const activityToken = (contactId: string, until: Instant, secretKey: string): string =>
  `${contactId}.${toMs(until)}.${signatureOf(signed(contactId, String(toMs(until))), secretKey)}`;

/** The contact that a token names; null if none of the keys has signed it, or it is over. */
export function readActivityToken(token: string, secretKeys: readonly string[], now: Instant): string | null {
  const [contactId = '', until = '', given = '', ...more] = token.split('.');
  if (more.length > 0 || !isSignedBy(secretKeys, signed(contactId, until), given)) return null;
  return now < fromMs(Number(until)) ? contactId : null;
}

const signed = (contactId: string, until: string): string => `activity:${contactId}:${until}`;
