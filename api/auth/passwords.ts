import { hash, verify } from '@node-rs/argon2';
import { dictionary } from '@zxcvbn-ts/language-common';
import { invalid } from '../http/problem.ts';

/** Argon2id with the library's defaults, which follow OWASP's. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** Takes as long without a password as with one, so that timing reveals nothing. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await NOBODY), password);
  return isRight && passwordHash !== null;
}

const NOBODY = hash('nobody');

export const LEAST_OF_PASSWORD = 8;

/** What people choose most, as leaked lists show: some 18,000 that are long enough. */
const COMMON = new Set(dictionary['passwords-common'].filter(({ length }) => length >= LEAST_OF_PASSWORD));

/** Whether it is among the passwords that are tried first everywhere, in whatever case. */
export const isCommonPassword = (password: string): boolean => COMMON.has(password.trim().toLowerCase());

/** Whoever knows the address would try it first. @throws Problem 422 */
export function checkNotAddress(password: string, email: string): void {
  const given = password.trim().toLowerCase();
  if (given === email || given === email.split('@')[0]) throw invalid('password', 'must not be your email address');
}
