import { z } from 'zod';
import { keepChallenge, notePasskeyUse, passkeyBy, takeChallenge } from '../../db/people/passkeys.ts';
import { adminBehind } from '../../db/platform/enter.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { optionsToLogIn, readSigned } from '../auth/passkeys.ts';
import { definePublicRoute } from '../http/route.ts';
import { adminSessionSchema, checkAccountOf, openSession } from './admin-session.ts';
import { optionsSchema, signedCredential, theParty, wrongPasskey } from './passkey-schema.ts';

export type PasskeyDeps = { publicUrl: string };

const tag = 'Login';

const begin = definePublicRoute({
  method: 'post',
  path: '/v1/sessions/passkey/options',
  tag,
  operationId: 'beginPasskeyLogin',
  summary: 'Begin to log in as an admin by a passkey: what the browser needs',
  description: 'Its challenge is good once, for five minutes.',
  answers: { 200: optionsSchema },
  problems: [409],
  perMinute: 20,
  async handle({ unscoped }, { publicUrl }: PasskeyDeps) {
    const options = await optionsToLogIn(theParty(publicUrl));
    await keepChallenge(unscoped, options.challenge, null);
    return { status: 200, body: { options: { ...options } } };
  },
});

const logIn = definePublicRoute({
  method: 'post',
  path: '/v1/sessions/passkey',
  tag,
  operationId: 'createSessionByPasskey',
  summary: 'Log in as an admin by a passkey, which counts as both factors',
  body: z.strictObject({ credential: signedCredential }),
  example: {
    credential: {
      id: 'kGqrTkUm6Yw2nA',
      rawId: 'kGqrTkUm6Yw2nA',
      type: 'public-key',
      response: { clientDataJSON: 'eyJ0eXBl', authenticatorData: 'SZYN5Ygq', signature: 'MEUCIQDk' },
    },
  },
  answers: { 200: adminSessionSchema },
  problems: [401, 403, 409],
  // A challenge is used up whatever becomes of the request.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body }, { publicUrl }: PasskeyDeps) {
    const party = theParty(publicUrl);
    const passkey = await passkeyBy(unscoped, body.credential.id);
    const take = (challenge: string) => takeChallenge(unscoped, challenge, null);
    const counter = passkey && (await readSigned(body.credential, passkey, { party, takeChallenge: take }));
    const admin = passkey && (await adminBehind(unscoped, passkey.adminId));
    if (counter === null || !admin) throw wrongPasskey(401);
    await notePasskeyUse(unscoped, passkey.id, counter, fromMs(Date.now()));
    await checkAccountOf(unscoped, admin);
    return { status: 200, body: await openSession(unscoped, admin) };
  },
});

export const passkeyLoginRoutes = { begin, logIn };
