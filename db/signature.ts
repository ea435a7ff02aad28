import { createHmac, timingSafeEqual } from 'node:crypto';

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
