import { z } from 'zod';
import { shownContact } from './contact-shown.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { makeContact } from '../../db/people/contacts.ts';
import { tellStripe } from '../../db/people/contacts-at-stripe.ts';
import { Contact } from '../../db/entities/contact.ts';
import { CONTACT_SORTS, countContacts, countSegments, listContacts } from '../../db/people/contact-list.ts';
import { putValues } from '../../db/people/contact-fields.ts';
import { revokeLoginTokens } from '../../db/people/login-tokens.ts';
import { removePasskeysOf } from '../../db/people/passkeys.ts';
import { endSessionsOfAddress } from '../../db/people/sessions.ts';
import { MOST_TEST_CUSTOMERS } from '../../db/people/test-customers.ts';
import { isDefaultSegment } from '../../workflows/domain/segment.ts';
import { MARKETING_STATUSES } from '../../workflows/domain/marketing.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { invalid, Problem } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { contactConsentRoutes } from './contact-consents.ts';
import { checkValues, contactFieldRoutes } from './contact-fields.ts';
import { contactNoteRoutes } from './contact-notes.ts';
import { emailPreferenceRoutes } from './email-preferences.ts';
import { contactStandingRoutes } from './contact-standing.ts';
import { previewSessionRoutes } from './preview-session.ts';
import { membersOf } from './the-segment.ts';
import { segmentName } from './segment-schema.ts';
import { hasBeenMerged, lockedContact, theContactItself } from './the-contact.ts';
import { contactTagRoutes } from './contact-tags.ts';
import {
  contactChange,
  contactInFull,
  contactSchema,
  contactTag,
  newContact,
  segmentCounts,
} from './contact-schema.ts';
import { toApiContact, toApiContactInFull } from './contact-view.ts';
import { checkQuota } from '../platform/check-quota.ts';
import { count } from '../http/counts.ts';
import { email, idParams, includeTest, pageOf, pageQuery, part, SHORT_PART } from '../http/fields.ts';
import { EVERYBODY, PEOPLE } from '../auth/roles.ts';

const tag = 'Contacts';
const one = { path: '/v1/contacts/{contactId}', tag, params: idParams('contactId') } as const;

/** An address is one contact's in its account [R3.1]. @throws Problem 409 */
async function checkUnique(em: Scoped, address: string): Promise<void> {
  const holder = await em.findOne(Contact, { email: address });
  if (!holder) return;
  if (holder.mergedInto !== null) throw hasBeenMerged(holder.mergedInto);
  throw new Problem(409, 'duplicate', { detail: 'There is a contact with this email already.', field: 'email' });
}

/** @throws Problem 422 */
async function checkTestCustomers(em: Scoped): Promise<void> {
  if ((await em.count(Contact, { isTest: true, erasedAt: null })) < MOST_TEST_CUSTOMERS) return;
  throw invalid('isTest', `is one more than the ${MOST_TEST_CUSTOMERS} that there may be`);
}

const create = defineRoute({
  method: 'post',
  path: '/v1/contacts',
  tag,
  operationId: 'createContact',
  audit: { kind: 'contact.created', shows: shownContact },
  location: '/v1/contacts/{id}',
  summary: 'Make a contact',
  roles: PEOPLE,
  body: newContact,
  example: { email: 'ada@example.com', name: 'Ada' },
  answers: { 201: contactSchema },
  problems: [409],
  async handle({ em, account, now, body }) {
    await checkUnique(em, body.email);
    await (body.isTest ? checkTestCustomers(em) : checkQuota(em, 'contacts'));
    if (!(await makeContact(em, { ...body, accountId: account.id, now }))) await checkUnique(em, body.email);
    const contact = await em.findOneOrFail(Contact, { email: body.email });
    return { status: 201, body: toApiContact(contact) };
  },
});

const filter = {
  segment: segmentName.default('all'),
  status: z.enum(MARKETING_STATUSES).optional().describe('Its marketing status.'),
  tag: contactTag.optional().describe('Which has this tag.'),
  email: email.optional().describe('Exactly this address, or one that was merged into theirs.'),
  q: part.optional().describe(`Words of the address or name. ${SHORT_PART}`),
  includeTest,
};

const list = defineRoute({
  method: 'get',
  path: '/v1/contacts',
  tag,
  operationId: 'listContacts',
  summary: 'List contacts, the newest first or by address',
  roles: EVERYBODY,
  query: z.strictObject({ ...pageQuery, ...filter, sort: z.enum(['newest', 'email']).default('newest') }),
  answers: { 200: pageOf(contactSchema) },
  async handle(call) {
    const { limit, cursor, segment, includeTest: withTest, ...asked } = call.query;
    const place = readPage({ limit, cursor }, CONTACT_SORTS[asked.sort]);
    const filter = { ...asked, members: await membersOf(call, segment, withTest) };
    return { status: 200, body: toApiPage(await listContacts(call.em, filter, place), toApiContact) };
  },
});

const countThem = defineRoute({
  method: 'get',
  path: '/v1/contacts/count',
  tag,
  operationId: 'countContacts',
  summary: 'Count contacts',
  roles: EVERYBODY,
  query: z.strictObject(filter),
  answers: { 200: count },
  async handle(call) {
    const { segment, includeTest: withTest, ...asked } = call.query;
    const isPlain = isDefaultSegment(segment) && !withTest && !Object.values(asked).some(Boolean);
    if (isPlain) return { status: 200, body: { count: (await countSegments(call.em))[segment], isOver: false } };
    const members = await membersOf(call, segment, withTest);
    return { status: 200, body: await countContacts(call.em, { ...asked, members }) };
  },
});

const segments = defineRoute({
  method: 'get',
  path: '/v1/contacts/counts',
  tag,
  operationId: 'countContactsBySegment',
  summary: 'Count the contacts of each default segment, exactly',
  roles: EVERYBODY,
  answers: { 200: segmentCounts },
  handle: async ({ em }) => ({ status: 200, body: await countSegments(em) }),
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getContact',
  summary: 'Read a contact, with every change of its marketing status and every consent',
  description:
    'Of one that was merged into another, `merge` names that one; whatever else is asked of it is answered of that.',
  roles: EVERYBODY,
  answers: { 200: contactInFull },
  handle: async (call) => ({ status: 200, body: await toApiContactInFull(call.em, await theContactItself(call)) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateContact',
  audit: { kind: 'contact.changed', shows: shownContact },
  summary: 'Change a contact',
  roles: PEOPLE,
  body: contactChange,
  example: { name: 'Ada Lovelace', fields: {} },
  answers: { 200: contactInFull },
  problems: [409],
  async handle(call) {
    const contact = await lockedContact(call);
    const before = toApiContact(contact);
    const { email: address, name, language, fields } = call.body;
    if (fields) putValues(contact, await checkValues(call.em, fields), fields);
    if (address && address !== contact.email) await moveTo(call, contact, address);
    if (name !== undefined) contact.name = name;
    if (language !== undefined) contact.language = language;
    await call.em.flush();
    if (contact.email !== before.email || contact.name !== before.name) await tellStripe(call.em, contact.id);
    return { status: 200, body: await toApiContactInFull(call.em, contact) };
  },
});

type Moving = Pick<AccountCall<unknown, unknown, unknown>, 'em' | 'now'>;

/**
 * What was mailed to the old address opens nothing any more, nor does a passkey; sessions that
 * began by either end, and of the new one nothing is proved yet [R14.1]. That of whoever was
 * merged into this contact is free for it. @throws Problem 409
 */
async function moveTo({ em, now }: Moving, contact: Contact, address: string): Promise<void> {
  const merged = await em.findOne(Contact, { email: address, mergedInto: contact.id, erasedAt: { $ne: null } });
  if (merged) merged.email = `merged-${merged.id}`;
  await em.flush();
  await checkUnique(em, address);
  contact.email = address;
  contact.addressProvenAt = null;
  contact.addressSince = now;
  await revokeLoginTokens(em, contact.id);
  await removePasskeysOf(em, { contactId: contact.id });
  await endSessionsOfAddress(em, contact.id);
}

export const contactRoutes = {
  create,
  list,
  countThem,
  segments,
  read,
  change,
  ...contactStandingRoutes,
  ...contactConsentRoutes,
  ...contactTagRoutes,
  ...contactNoteRoutes,
  ...contactFieldRoutes,
  ...emailPreferenceRoutes,
  ...previewSessionRoutes,
};
