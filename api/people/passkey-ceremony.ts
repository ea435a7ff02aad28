import { v7 as uuid } from 'uuid';
import type { Unscoped } from '../../db/account-scope.ts';
import type { Passkey } from '../../db/entities/passkey.ts';
import type { LoginOwner } from '../../db/people/login-tokens.ts';
import {
  addPasskey,
  keepChallenge,
  notePasskeyUse,
  passkeyBy,
  passkeysOf,
  takeChallenge,
  type NewPasskey,
} from '../../db/people/passkeys.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { optionsToAdd, optionsToLogIn, readMade, readSigned } from '../auth/passkeys.ts';
import { tellRefused } from '../auth/tell-refused.ts';
import { wrongState } from '../http/problem.ts';
import { theParty, wrongPasskey } from './passkey-schema.ts';

export type PasskeyDeps = { publicUrl: string };

type Begun = { options: { challenge: string } };
type Whose = { owner: LoginOwner; email: string; siteName: string };

const MOST = 20;

/** Begins to add a passkey: what the browser needs, for five minutes. @throws Problem 409 */
export async function beginToAdd(
  em: Unscoped,
  { owner, email, siteName }: Whose,
  { publicUrl }: PasskeyDeps,
): Promise<Begun> {
  const party = theParty(publicUrl);
  const known = await passkeysOf(em, owner);
  if (known.length >= MOST) throw wrongState('Twenty passkeys are enough: remove one first.');
  const id = 'adminId' in owner ? owner.adminId : owner.contactId;
  const credentialIds = known.map(({ credentialId }) => credentialId);
  const options = await optionsToAdd(party, { id, email, credentialIds, siteName });
  await keepChallenge(em, options.challenge, owner);
  return { options: { ...options } };
}

type Made = { name: string; credential: object };

/** The passkey that a browser has made; its challenge is used up. @throws Problem 409, 422 */
export async function readNewPasskey(
  em: Unscoped,
  owner: LoginOwner,
  { name, credential }: Made,
  { publicUrl }: PasskeyDeps,
): Promise<NewPasskey> {
  const take = (challenge: string) => takeChallenge(em, challenge, owner);
  const made = await readMade(credential, { party: theParty(publicUrl), takeChallenge: take });
  if (!made) throw wrongPasskey(422);
  return { ...made, ...owner, id: uuid(), name, createdAt: fromMs(Date.now()) };
}

/** @throws Problem 409 where it is somebody's already */
export async function keepNewPasskey(tx: Unscoped, passkey: NewPasskey): Promise<void> {
  if (!(await addPasskey(tx, passkey))) throw wrongState('This passkey is known already.');
}

/** Begins a login by any passkey that a browser has of ours. @throws Problem 409 */
export async function beginToLogIn(em: Unscoped, { publicUrl }: PasskeyDeps): Promise<Begun> {
  const options = await optionsToLogIn(theParty(publicUrl));
  await keepChallenge(em, options.challenge, null);
  return { options: { ...options } };
}

type Signed<Person> = {
  credential: { id: string };
  /** Whose a passkey is, if they may come in by it here. */
  find: (passkey: Passkey) => Promise<Person | null>;
};

/** Who has signed with a passkey of theirs; the challenge is used up. @throws Problem 401, 409 */
export async function whoSigned<Person extends { id: string; accountId: string | null }>(
  em: Unscoped,
  { credential, find }: Signed<Person>,
  { publicUrl }: PasskeyDeps,
): Promise<Person> {
  const party = theParty(publicUrl);
  const passkey = await passkeyBy(em, credential.id);
  const take = (challenge: string) => takeChallenge(em, challenge, null);
  const counter = passkey && (await readSigned(credential, passkey, { party, takeChallenge: take }));
  const person = passkey && (await find(passkey));
  if (passkey && counter === null && person !== null)
    await tellRefused(em, passkey.adminId === null ? 'contact' : 'admin', [person], { by: 'passkey' });
  if (!passkey || counter === null || person === null) throw wrongPasskey(401);
  await notePasskeyUse(em, passkey.id, counter, fromMs(Date.now()));
  return person;
}
