import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { log } from '../../log.ts';

/** Whose passkeys are: the host at which people reach us, and the address that browsers say. */
export type Party = { id: string; origin: string };

/** By PUBLIC_URL, never by what a request says; null where that has no name, as passkeys need. */
export function partyOf(publicUrl: string): Party | null {
  const { hostname, origin } = new URL(publicUrl);
  return isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 ? { id: hostname, origin } : null;
}

type NewOwner = { id: string; email: string; credentialIds: readonly string[]; siteName: string };

/** What a browser needs to make a passkey that logs in by itself, with finger, face or PIN. */
export const optionsToAdd = ({ id: rpID }: Party, { id, email, credentialIds, siteName }: NewOwner) =>
  generateRegistrationOptions({
    rpID,
    rpName: siteName,
    userName: email,
    userID: Uint8Array.from(Buffer.from(id)),
    attestationType: 'none',
    excludeCredentials: credentialIds.map((one) => ({ id: one })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });

/** What a browser needs to ask for any passkey that it has of ours. */
export const optionsToLogIn = ({ id: rpID }: Party) =>
  generateAuthenticationOptions({ rpID, userVerification: 'required' });

type TakeChallenge = (challenge: string) => Promise<boolean>;
type Expected = { party: Party; takeChallenge: TakeChallenge };
type Made = { credentialId: string; publicKey: string; counter: number };

/** A passkey that was just made; null where its answer is not in order, whatever it is. */
export async function readMade(given: unknown, { party, takeChallenge }: Expected): Promise<Made | null> {
  const response = given as RegistrationResponseJSON;
  return orNull(async () => {
    if (!isBare(response)) return null;
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: takeChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    if (!registrationInfo) return null;
    const { id: credentialId, publicKey, counter } = registrationInfo.credential;
    return { credentialId, publicKey: isoBase64URL.fromBuffer(publicKey), counter };
  });
}

/**
 * We ask for no certificates, and look at none: whoever checks them fetches what they name [R24.6].
 */
function isBare({ response }: RegistrationResponseJSON): boolean {
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format: string = decoded.get('fmt');
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
}

/** The counter of a passkey that has signed; null where it has not, or its counter went back. */
export async function readSigned(given: unknown, known: Made, expected: Expected): Promise<number | null> {
  const { party, takeChallenge } = expected;
  const { credentialId: id, publicKey, counter } = known;
  return orNull(async () => {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: given as AuthenticationResponseJSON,
      expectedChallenge: takeChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id, publicKey: isoBase64URL.toBuffer(publicKey), counter },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  });
}

/** What a stranger sent is not in order in many ways, each of which throws. */
async function orNull<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    log.info({ reason: error instanceof Error ? error.name : 'unknown' }, 'passkey.refused');
    return null;
  }
}
