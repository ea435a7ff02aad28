import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The key that signs and seals (SECRET_KEY), and before it any older key that is still read
 * (SECRET_KEY_PREVIOUS).
 */
export type SecretKey = readonly [current: string, ...previous: string[]];

export const secretKeyOf = (given: { SECRET_KEY: string; SECRET_KEY_PREVIOUS?: string | undefined }): SecretKey =>
  given.SECRET_KEY_PREVIOUS === undefined ? [given.SECRET_KEY] : [given.SECRET_KEY, given.SECRET_KEY_PREVIOUS];

/** Signs what a link says; nobody without the key can make it. */
export const signatureOf = (text: string, key: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/** Whether one of the keys has signed the text so. */
export const isSignedBy = (keys: readonly string[], text: string, given: string): boolean =>
  keys.some((key) => isSame(signatureOf(text, key), given));

function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** A token that names something to whoever has it: its parts, signed for one purpose. */
export const signToken = (purpose: string, parts: readonly string[], key: string): string =>
  [...parts, signatureOf([purpose, ...parts].join(':'), key)].join('.');

/** The parts of a token; null if they are not so many, or no key has signed them for this. */
export function readToken(purpose: string, token: string, count: number, keys: readonly string[]): string[] | null {
  const parts = token.split('.');
  const given = parts.pop() ?? '';
  return parts.length === count && isSignedBy(keys, [purpose, ...parts].join(':'), given) ? parts : null;
}
