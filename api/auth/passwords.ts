import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the library's defaults, which follow OWASP's. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** Takes as long for somebody who has no password as for somebody who has one. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await NOBODY), password);
  return isRight && passwordHash !== null;
}

const NOBODY = hash('nobody');
