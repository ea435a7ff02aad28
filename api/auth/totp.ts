import { Secret, TOTP } from 'otpauth';

const STEP_SECONDS = 30;
/** What every app can do, and some can do nothing else (RFC 6238). */
const FORM = { algorithm: 'SHA1', digits: 6, period: STEP_SECONDS } as const;
/** Clocks of phones are off by less than a step. */
const DRIFT_STEPS = 1;

/** 160 random bits, in base32 as apps take them. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an app reads from a QR code: an `otpauth://` address. */
export const totpUri = (secret: string, { issuer, email }: { issuer: string; email: string }): string =>
  new TOTP({ ...FORM, issuer, label: email, secret: Secret.fromBase32(secret) }).toString();

/** The time step of which six digits are the code, at most one away from `nowMs`; null = none. */
export function stepOf(secret: string, code: string, nowMs: number): number | null {
  const asked = { ...FORM, secret: Secret.fromBase32(secret), token: code, timestamp: nowMs, window: DRIFT_STEPS };
  const delta = TOTP.validate(asked);
  return delta === null ? null : Math.floor(nowMs / 1000 / STEP_SECONDS) + delta;
}

/** The code of an instant, as an app shows it. */
export const codeAt = (secret: string, nowMs: number): string =>
  TOTP.generate({ ...FORM, secret: Secret.fromBase32(secret), timestamp: nowMs });
