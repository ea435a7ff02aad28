import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import {
  addPasskey,
  keepChallenge,
  passkeysOf,
  removePasskey,
  renamePasskey,
  takeChallenge,
} from '../../db/people/passkeys.ts';
import { endRecoveryCodes } from '../../db/people/second-factors.ts';
import { recordSecurityChange } from '../../db/people/security-changes.ts';
import { endSessionsOf } from '../../db/people/sessions.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { optionsToAdd, readMade } from '../auth/passkeys.ts';
import { idParams, reasonText } from '../http/fields.ts';
import { notFound, wrongState } from '../http/problem.ts';
import { defineAdminRoute } from '../http/route.ts';
import { startMail } from '../mail/start-mail.ts';
import { firstRecoveryCodes, issuerOf, ownPassword, recoveryCodesSchema } from './own-app.ts';
import { provePassword } from './own-proof.ts';
import type { PasskeyDeps } from './passkey-login.ts';
import {
  madeCredential,
  optionsSchema,
  passkeySchema,
  theParty,
  toApiPasskey,
  wrongPasskey,
} from './passkey-schema.ts';

const tag = 'Own sign-in';
const path = '/v1/own-sign-in/passkeys';
const one = { path: `${path}/{passkeyId}`, tag, params: idParams('passkeyId') } as const;
const MOST = 20;

type Deps = PasskeyDeps & { wakes: Pick<Wakes, 'startMail'> };

const begin = defineAdminRoute({
  method: 'post',
  path: `${path}/options`,
  tag,
  operationId: 'beginOwnPasskey',
  summary: 'Begin to add a passkey: what the browser needs, for five minutes',
  body: z.strictObject({ password: ownPassword }),
  example: { password: 'correct horse battery staple' },
  answers: { 200: optionsSchema },
  problems: [409, 429],
  writes: 'own',
  async handle(call, { publicUrl }: Deps) {
    const { unscoped, admin, body } = call;
    const party = theParty(publicUrl);
    await provePassword(call, body.password);
    const known = await passkeysOf(unscoped, admin.id);
    if (known.length >= MOST) throw wrongState(`Twenty passkeys are enough: remove one first.`);
    const credentialIds = known.map(({ credentialId }) => credentialId);
    const siteName = await issuerOf(unscoped, admin);
    const options = await optionsToAdd(party, { id: admin.id, email: admin.email, credentialIds, siteName });
    await keepChallenge(unscoped, options.challenge, admin.id);
    return { status: 200, body: { options: { ...options } } };
  },
});

const add = defineAdminRoute({
  method: 'post',
  path,
  tag,
  operationId: 'addOwnPasskey',
  summary: 'Add the passkey that the browser has made; every other session ends',
  body: z.strictObject({ name: reasonText, credential: madeCredential }),
  example: {
    name: 'Phone',
    credential: {
      id: 'kGqrTkUm6Yw2nA',
      rawId: 'kGqrTkUm6Yw2nA',
      type: 'public-key',
      response: { clientDataJSON: 'eyJ0eXBl', attestationObject: 'o2NmbXRk' },
    },
  },
  answers: {
    201: z.strictObject({
      passkey: passkeySchema,
      recoveryCodes: recoveryCodesSchema.nullable().describe('null = there are some from before, which stay.'),
    }),
  },
  problems: [409],
  // A challenge is used up whatever becomes of the request.
  writes: 'own',
  async handle({ unscoped, admin, session, body }, { publicUrl, wakes }: Deps) {
    const take = (challenge: string) => takeChallenge(unscoped, challenge, admin.id);
    const made = await readMade(body.credential, { party: theParty(publicUrl), takeChallenge: take });
    if (!made) throw wrongPasskey(422);
    const passkey = { ...made, id: uuid(), adminId: admin.id, name: body.name, createdAt: fromMs(Date.now()) };
    const done = await unscoped.transactional(async (tx) => {
      if (!(await addPasskey(tx, passkey))) throw wrongState('This passkey is known already.');
      await endSessionsOf(tx, { adminId: admin.id }, session);
      const recoveryCodes = await firstRecoveryCodes(tx, admin);
      const change = { admin, kind: 'passkey_added', passkeyName: body.name } as const;
      return { recoveryCodes, emailId: await recordSecurityChange(tx, change) };
    });
    startMail(wakes, done.emailId);
    const shown = toApiPasskey({ ...passkey, lastUsedAt: null });
    return { status: 201, body: { passkey: shown, recoveryCodes: done.recoveryCodes } };
  },
});

const rename = defineAdminRoute({
  ...one,
  method: 'patch',
  operationId: 'renameOwnPasskey',
  summary: 'Give a passkey another name',
  body: z.strictObject({ name: reasonText }),
  example: { name: 'Old phone' },
  answers: { 204: null },
  problems: [404],
  async handle({ unscoped, admin, params, body }) {
    const of = { id: params.passkeyId, adminId: admin.id };
    if (!(await renamePasskey(unscoped, of, body.name))) throw notFound('passkey');
    return { status: 204 };
  },
});

const remove = defineAdminRoute({
  ...one,
  method: 'post',
  path: `${one.path}/remove`,
  operationId: 'removeOwnPasskey',
  summary: 'Remove a passkey, which works no more',
  body: z.strictObject({ password: ownPassword }),
  example: { password: 'correct horse battery staple' },
  answers: { 204: null },
  problems: [404, 429],
  writes: 'own',
  async handle(call, { wakes }: Deps) {
    const { unscoped, admin, params, body } = call;
    await provePassword(call, body.password);
    const emailId = await unscoped.transactional(async (tx) => {
      const passkeyName = await removePasskey(tx, { id: params.passkeyId, adminId: admin.id });
      if (passkeyName === null) throw notFound('passkey');
      await endRecoveryCodes(tx, admin.id);
      return recordSecurityChange(tx, { admin, kind: 'passkey_removed', passkeyName });
    });
    startMail(wakes, emailId);
    return { status: 204 };
  },
});

export const ownPasskeyRoutes = { begin, add, rename, remove };
