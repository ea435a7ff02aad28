import { z } from 'zod';
import { tell } from '../../db/platform/audit-log.ts';
import type { Contact } from '../../db/entities/contact.ts';
import type { Session } from '../../db/entities/session.ts';
import { recordOwn } from '../../db/people/activity.ts';
import { lockProvenAddress } from '../../db/people/contacts.ts';
import { passkeysOf, removePasskey, renamePasskey } from '../../db/people/passkeys.ts';
import { idParams, reasonText } from '../http/fields.ts';
import { notFound, Problem, wrongState } from '../http/problem.ts';
import { defineCustomerRoute } from '../http/route.ts';
import { beginToAdd, keepNewPasskey, readNewPasskey, type PasskeyDeps } from './passkey-ceremony.ts';
import { MADE_EXAMPLE, madeCredential, optionsSchema, passkeySchema, toApiPasskey } from './passkey-schema.ts';

const tag = 'Customer';
const path = '/v1/me/passkeys';
const one = { path: `${path}/{passkeyId}`, tag, params: idParams('passkeyId') } as const;

type Me = { contact: Contact; session: Session };

/**
 * A passkey outlasts the password, so whoever only typed an address may have none: what they had is
 * dropped with the first link that is opened. Nor may who looks at somebody's pages [R14.1].
 */
const mayAdd = ({ contact, session }: Me): boolean => contact.addressProvenAt !== null && session.previewId === null;

/** @throws Problem 409 */
function checkMayAdd({ contact, session }: Me): void {
  if (session.previewId !== null) throw wrongState('Whoever looks at these pages adds no passkey.');
  if (contact.addressProvenAt === null) throw addressUnproven();
}

const addressUnproven = (): Problem =>
  new Problem(409, 'address_unproven', { detail: 'Open a link that is mailed to you once. Then add the passkey.' });

const list = defineCustomerRoute({
  method: 'get',
  path,
  tag,
  operationId: 'listMyPasskeys',
  summary: 'List their passkeys, the newest first',
  answers: {
    200: z.strictObject({
      data: z.array(passkeySchema),
      canAdd: z.boolean().describe('False until a link that was mailed to their address has been opened.'),
    }),
  },
  async handle({ em, contact, session }) {
    const passkeys = await passkeysOf(em, { contactId: contact.id });
    return { status: 200, body: { data: passkeys.map(toApiPasskey), canAdd: mayAdd({ contact, session }) } };
  },
});

const begin = defineCustomerRoute({
  method: 'post',
  path: `${path}/options`,
  tag,
  operationId: 'beginMyPasskey',
  audit: { none: 'Begins what another route ends.' },
  summary: 'Begin to add a passkey: what the browser needs, for five minutes',
  description: '409 `address_unproven` until a link that was mailed to their address has been opened.',
  answers: { 200: optionsSchema },
  problems: [409],
  perMinute: 20,
  async handle({ em, account, contact, session }, deps: PasskeyDeps) {
    checkMayAdd({ contact, session });
    const { id: contactId, email } = contact;
    return { status: 200, body: await beginToAdd(em, { owner: { contactId }, email, siteName: account.name }, deps) };
  },
});

const add = defineCustomerRoute({
  method: 'post',
  path,
  tag,
  operationId: 'addMyPasskey',
  audit: { left: ['contact.passkey_added'] },
  summary: 'Add the passkey that the browser has made',
  body: z.strictObject({ name: reasonText, credential: madeCredential }),
  example: { name: 'Phone', credential: MADE_EXAMPLE },
  answers: { 201: passkeySchema },
  problems: [409],
  // A challenge is used up whatever becomes of the request.
  writes: 'own',
  async handle({ em, contact, session, now, body }, deps: PasskeyDeps) {
    checkMayAdd({ contact, session });
    const passkey = await readNewPasskey(em, { contactId: contact.id }, body, deps);
    await em.transactional(async (tx) => {
      if (!(await lockProvenAddress(tx, contact.id))) throw addressUnproven();
      await keepNewPasskey(tx, passkey);
      await tell(tx, { kind: 'contact.passkey_added', subjectId: contact.id });
      await recordOwn(tx, contact, 'settings_changed', now);
    });
    return { status: 201, body: toApiPasskey({ ...passkey, lastUsedAt: null }) };
  },
});

const rename = defineCustomerRoute({
  ...one,
  method: 'patch',
  operationId: 'renameMyPasskey',
  audit: { kind: 'contact.passkey_renamed' },
  summary: 'Give a passkey another name',
  body: z.strictObject({ name: reasonText }),
  example: { name: 'Old phone' },
  answers: { 204: null },
  async handle({ em, contact, params, body }) {
    const of = { id: params.passkeyId, contactId: contact.id };
    if (!(await renamePasskey(em, of, body.name))) throw notFound('passkey');
    return { status: 204 };
  },
});

const remove = defineCustomerRoute({
  ...one,
  method: 'delete',
  operationId: 'removeMyPasskey',
  audit: { kind: 'contact.passkey_removed' },
  summary: 'Remove a passkey, which works no more',
  answers: { 204: null },
  async handle({ em, contact, params, now }) {
    const name = await removePasskey(em, { id: params.passkeyId, contactId: contact.id });
    if (name === null) throw notFound('passkey');
    await recordOwn(em, contact, 'settings_changed', now);
    return { status: 204 };
  },
});

export const myPasskeyRoutes = { list, begin, add, rename, remove };
