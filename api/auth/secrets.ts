import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** SECRET_KEY, with which is signed and sealed, and before it whatever else is still read [SECRET_KEY_PREVIOUS]. */
export type SecretKey = readonly [current: string, ...previous: string[]];

/** 256 random bits behind a prefix that says what it is. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** What is kept of a key or link; looked up whole, so that nothing can be learnt from how long it takes. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

type Claims = { kind: 'admin' | 'contact'; id: string; expiresAt: string };

const PREFIX = 'pns';

/** A short-lived token that only who knows the service's secret can have made. */
export function signToken(claims: Claims, secretKey: SecretKey): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${PREFIX}.${payload}.${signature(payload, secretKey[0])}`;
}

/** What a token claims; null if it was not made by us, or is over at `now`. */
export function readToken(token: string, secretKey: SecretKey, now: string): Claims | null {
  const [prefix, payload = '', given = ''] = token.split('.');
  if (prefix !== PREFIX) return null;
  if (!secretKey.some((key) => isSame(signature(payload, key), given))) return null;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  return claims.expiresAt > now ? claims : null;
}

const signature = (payload: string, key: string): string =>
  createHmac('sha256', key).update(`session:${payload}`).digest('base64url');

/** Names a checkout to the browser that began it, always by the same text; nobody else can make one. */
export const checkoutToken = (checkoutId: string, secretKey: SecretKey): string =>
  `${checkoutId}.${checkoutSignature(checkoutId, secretKey[0])}`;

/** The checkout that a token names; null if it was not made by us. */
export function readCheckoutToken(token: string, secretKey: SecretKey): string | null {
  const [checkoutId = '', given = ''] = token.split('.');
  return secretKey.some((key) => isSame(checkoutSignature(checkoutId, key), given)) ? checkoutId : null;
}

const checkoutSignature = (checkoutId: string, key: string): string =>
  createHmac('sha256', key).update(`checkout:${checkoutId}`).digest('base64url');

function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
