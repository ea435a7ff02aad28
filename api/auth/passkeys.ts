import { isIP } from 'node:net';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { log } from '../../log.ts';

/**
 * Loaded with the first passkey that is asked for: it would be up to a quarter of a second of each
 * start, and 20 MB of what an API needs at rest.
 */
const webAuthn = () => import('@simplewebauthn/server');
const webAuthnHelpers = () => import('@simplewebauthn/server/helpers');

/** Whose passkeys are: the host at which people reach us, and the address that browsers say. */
export type Party = { id: string; origin: string };

/** By PUBLIC_URL, never by what a request says; null where that has no name, as passkeys need. */
export function partyOf(publicUrl: string): Party | null {
  const { hostname, origin } = new URL(publicUrl);
  return isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 ? { id: hostname, origin } : null;
}

type NewOwner = { id: string; email: string; credentialIds: readonly string[]; siteName: string };

/** What a browser needs to make a passkey that logs in by itself, with finger, face or PIN. */
export async function optionsToAdd({ id: rpID }: Party, { id, email, credentialIds, siteName }: NewOwner) {
  const { generateRegistrationOptions } = await webAuthn();
  return generateRegistrationOptions({
    rpID,
    rpName: siteName,
    userName: email,
    userID: Uint8Array.from(Buffer.from(id)),
    attestationType: 'none',
    excludeCredentials: credentialIds.map((one) => ({ id: one })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** What a browser needs to ask for any passkey that it has of ours. */
export const optionsToLogIn = async ({ id: rpID }: Party) =>
  (await webAuthn()).generateAuthenticationOptions({ rpID, userVerification: 'required' });

type TakeChallenge = (challenge: string) => Promise<boolean>;
type Expected = { party: Party; takeChallenge: TakeChallenge };
type Made = { credentialId: string; publicKey: string; counter: number };

/** A passkey that was just made; null where its answer is not in order, whatever it is. */
export async function readMade(given: unknown, { party, takeChallenge }: Expected): Promise<Made | null> {
  const response = given as RegistrationResponseJSON;
  const [{ verifyRegistrationResponse }, { isoBase64URL }] = await Promise.all([webAuthn(), webAuthnHelpers()]);
  return orNull(async () => {
    if (!(await isBare(response))) return null;
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
async function isBare({ response }: RegistrationResponseJSON): Promise<boolean> {
  const { decodeAttestationObject, isoBase64URL } = await webAuthnHelpers();
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format: string = decoded.get('fmt');
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
}

/** The counter of a passkey that has signed; null where it has not, or its counter went back. */
export async function readSigned(given: unknown, known: Made, expected: Expected): Promise<number | null> {
  const { party, takeChallenge } = expected;
  const { credentialId: id, publicKey, counter } = known;
  const [{ verifyAuthenticationResponse }, { isoBase64URL }] = await Promise.all([webAuthn(), webAuthnHelpers()]);
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
