import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { LoginOwner } from '../../db/people/login-tokens.ts';
import { addPasskey, keepChallenge } from '../../db/people/passkeys.ts';
import { anAuthenticator } from '../builders/authenticator.ts';
import { T0 } from '../builders/rows.ts';
import { PUBLIC_URL } from './an-api.ts';

/** Two passkeys of somebody: one is to be made and used, the other is there to be changed. */
export async function twoPasskeys(em: EntityManager, owner: LoginOwner) {
  const [toAdd, toLogIn, passkeyId] = [uuid(), uuid(), uuid()];
  const encoded = (text: string) => Buffer.from(text).toString('base64url');
  const key = anAuthenticator(PUBLIC_URL);
  await keepChallenge(em, encoded(toAdd), owner);
  await keepChallenge(em, encoded(toLogIn), null);
  const old = { credentialId: passkeyId, publicKey: 'b2xk', counter: 0, name: 'Old phone', createdAt: T0 };
  await addPasskey(em, { id: passkeyId, ...owner, ...old });
  return {
    made: key.make(encoded(toAdd)),
    signed: key.sign(encoded(toLogIn)),
    one: { params: { passkeyId } },
  };
}
