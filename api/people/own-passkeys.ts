import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { removePasskey, renamePasskey } from '../../db/people/passkeys.ts';
import { endRecoveryCodes } from '../../db/people/second-factors.ts';
import { recordSecurityChange } from '../../db/people/security-changes.ts';
import { endSessionsOf } from '../../db/people/sessions.ts';
import { idParams, reasonText } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineAdminRoute } from '../http/route.ts';
import { startMail } from '../mail/start-mail.ts';
import { firstRecoveryCodes, issuerOf, ownPassword, recoveryCodesSchema } from './own-app.ts';
import { provePassword } from './own-proof.ts';
import { beginToAdd, keepNewPasskey, readNewPasskey, type PasskeyDeps } from './passkey-ceremony.ts';
import { MADE_EXAMPLE, madeCredential, optionsSchema, passkeySchema, toApiPasskey } from './passkey-schema.ts';

const tag = 'Own sign-in';
const path = '/v1/own-sign-in/passkeys';
const one = { path: `${path}/{passkeyId}`, tag, params: idParams('passkeyId') } as const;

type Deps = PasskeyDeps & { wakes: Pick<Wakes, 'startMail'> };

const begin = defineAdminRoute({
  method: 'post',
  path: `${path}/options`,
  tag,
  operationId: 'beginOwnPasskey',
  audit: { none: 'Begins what another route ends.' },
  summary: 'Begin to add a passkey: what the browser needs, for five minutes',
  body: z.strictObject({ password: ownPassword }),
  example: { password: 'correct horse battery staple' },
  answers: { 200: optionsSchema },
  problems: [409, 429],
  writes: 'own',
  async handle(call, deps: Deps) {
    const { unscoped, admin, body } = call;
    await provePassword(call, body.password);
    const { id: adminId, email } = admin;
    const siteName = await issuerOf(unscoped, admin);
    return { status: 200, body: await beginToAdd(unscoped, { owner: { adminId }, email, siteName }, deps) };
  },
});

const add = defineAdminRoute({
  method: 'post',
  path,
  tag,
  operationId: 'addOwnPasskey',
  audit: { left: ['admin.passkey_added'] },
  summary: 'Add the passkey that the browser has made; every other session ends',
  body: z.strictObject({ name: reasonText, credential: madeCredential }),
  example: { name: 'Phone', credential: MADE_EXAMPLE },
  answers: {
    201: z.strictObject({
      passkey: passkeySchema,
      recoveryCodes: recoveryCodesSchema.nullable().describe('null = there are some from before, which stay.'),
    }),
  },
  problems: [409],
  // A challenge is used up whatever becomes of the request.
  writes: 'own',
  async handle({ unscoped, admin, session, body }, deps: Deps) {
    const passkey = await readNewPasskey(unscoped, { adminId: admin.id }, body, deps);
    const done = await unscoped.transactional(async (tx) => {
      await keepNewPasskey(tx, passkey);
      await endSessionsOf(tx, { adminId: admin.id }, session);
      const recoveryCodes = await firstRecoveryCodes(tx, admin);
      const change = { admin, kind: 'passkey_added', passkeyName: body.name } as const;
      return { recoveryCodes, emailId: await recordSecurityChange(tx, change) };
    });
    startMail(deps.wakes, done.emailId);
    const shown = toApiPasskey({ ...passkey, lastUsedAt: null });
    return { status: 201, body: { passkey: shown, recoveryCodes: done.recoveryCodes } };
  },
});

const rename = defineAdminRoute({
  ...one,
  method: 'patch',
  operationId: 'renameOwnPasskey',
  audit: { kind: 'admin.passkey_renamed' },
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
  audit: { left: ['admin.passkey_removed'] },
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
