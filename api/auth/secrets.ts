import { createHash, randomBytes } from 'node:crypto';
import { readToken, signToken, type SecretKey } from '../../db/signature.ts';

/** 256 random bits behind a prefix that says what it is. */
const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/**
 * An API key, whose prefix says its owner and mode, with the part of it that may be shown later.
 */
export function newApiKey(mode: 'live' | 'test'): { key: string; shown: { prefix: string; lastFour: string } } {
  const prefix = `prn_${mode}`;
  const key = newSecret(prefix);
  return { key, shown: { prefix: `${prefix}_`, lastFour: key.slice(-4) } };
}

/**
 * The hash that is stored of a key or link. It is looked up as a whole, so that response times
 * reveal nothing.
 */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * A token that names a checkout to the browser that began it; always the same for one checkout, and
 * nobody else can make it.
 */
export const checkoutToken = (checkoutId: string, secretKey: SecretKey): string =>
  signToken('checkout', [checkoutId], secretKey[0]);

/** The checkout that a token names; null if it was not made by us. */
export const readCheckoutToken = (token: string, secretKey: SecretKey): string | null =>
  readToken('checkout', token, 1, secretKey)?.[0] ?? null;
