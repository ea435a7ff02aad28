import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the library's defaults, which follow OWASP's. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** Takes as long without a password as with one, so that timing reveals nothing. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await NOBODY), password);
  return isRight && passwordHash !== null;
}

const NOBODY = hash('nobody');
