import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { SecretKey } from './signature.ts';

const keyOf = (key: string): Buffer => createHash('sha256').update(`seal:${key}`).digest();

/**
 * A JSON value that only this service can read again: stored answers that carry a key or token, and
 * keys at Stripe.
 */
export function seal(value: unknown, secretKey: SecretKey): { sealed: string } {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secretKey[0]), iv);
  const text = Buffer.concat([cipher.update(JSON.stringify(value ?? null), 'utf8'), cipher.final()]);
  return { sealed: Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64') };
}

export function unseal({ sealed }: { sealed: string }, secretKey: SecretKey): unknown {
  const [key, ...others] = secretKey;
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(key), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString());
  } catch (error) {
    if (!isAny(others)) throw error;
    return unseal({ sealed }, others);
  }
}

/** Sealed anew where an older key has sealed it; the same where it was this one. */
export function reseal(sealed: string, secretKey: SecretKey): string {
  try {
    unseal({ sealed }, [secretKey[0]]);
    return sealed;
  } catch {
    return seal(unseal({ sealed }, secretKey), secretKey).sealed;
  }
}

const isAny = (keys: readonly string[]): keys is SecretKey => keys.length > 0;
