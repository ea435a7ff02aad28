import { expect, test } from '@jest/globals';
import { newRecoveryCodes, recoveryCodeHash } from '../../../api/auth/recovery-codes.ts';
import { codeAt, newTotpSecret, stepOf, totpUri } from '../../../api/auth/totp.ts';

/** The key and times of RFC 6238, appendix B, in base32; its codes have two digits more. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const NOW = 1_111_111_109_000;
const STEP = 37_037_036;

test('codes are those of the standard', () => {
  expect([59_000, NOW, 1_234_567_890_000].map((ms) => codeAt(KEY, ms))).toEqual(['287082', '081804', '005924']);
});

test('a code counts in its own step, and one before and after it', () => {
  const stepAt = (ms: number) => stepOf(KEY, '081804', ms);

  expect([-60_000, -30_000, 0, 30_000, 60_000].map((off) => stepAt(NOW + off))).toEqual([null, STEP, STEP, STEP, null]);
  expect(stepOf(KEY, '081805', NOW)).toBeNull();
});

test('a secret has 160 bits, and the address of the QR code says whose it is', () => {
  const secret = newTotpSecret();

  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(totpUri(secret, { issuer: 'Willow & Wheel', email: 'ada@example.com' }));
  expect(uri.searchParams.get('secret')).toBe(secret);
  expect(decodeURIComponent(uri.pathname)).toContain('Willow & Wheel:ada@example.com');
});

test('recovery codes are ten of their own, and are the same however they are typed', () => {
  const codes = newRecoveryCodes();

  expect(new Set(codes).size).toBe(10);
  expect(codes.every((code) => /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/.test(code))).toBe(true);
  const [code = ''] = codes;
  const hashes = [code, code.toUpperCase(), ` ${code.replaceAll('-', ' ')}`].map((one) => recoveryCodeHash('1', one));
  expect(new Set(hashes).size).toBe(1);
  expect(recoveryCodeHash('2', code)).not.toBe(hashes[0]);
});
