import { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { makeContact } from '../../db/people/contacts.ts';
import { tellStripe } from '../../db/people/contacts-at-stripe.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Product } from '../../db/entities/product.ts';
import {
  CONTACT_SORTS,
  countContacts,
  countSegments,
  listContacts,
  SEGMENT_NAMES,
} from '../../db/people/contact-list.ts';
import { revokeLoginTokens } from '../../db/people/login-tokens.ts';
import { MARKETING_STATUSES } from '../../workflows/domain/marketing.ts';
import { NO_REACH } from '../../workflows/domain/access.ts';
import { explainAccess } from '../../db/purchase/explain-access.ts';
import { totalsOfContact } from '../../db/money/money-totals.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { notFound, Problem, wrongState } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { contactConsentRoutes } from './contact-consents.ts';
import { contactNoteRoutes } from './contact-notes.ts';
import { contactTagRoutes } from './contact-tags.ts';
import {
  accessSchema,
  contactChange,
  contactInFull,
  contactSchema,
  contactTag,
  newContact,
  segmentCounts,
} from './contact-schema.ts';
import { toApiContact, toApiContactInFull } from './contact-view.ts';
import { checkQuota } from '../platform/check-quota.ts';
import { paymentTotals } from '../platform/overview-schema.ts';
import { count } from '../http/counts.ts';
import { email, givenId, idParams, pageOf, pageQuery, part, SHORT_PART } from '../http/fields.ts';
import { toApiAccess } from '../purchase/access-view.ts';
import { EVERYBODY, MONEY_READERS, PEOPLE } from '../auth/roles.ts';

const tag = 'Contacts';
const one = { path: '/v1/contacts/{contactId}', tag, params: idParams('contactId') } as const;

async function theContact({ em, params }: AccountCall<{ contactId: string }, unknown, unknown>): Promise<Contact> {
  const contact = await em.findOne(Contact, { id: params.contactId });
  if (!contact) throw notFound('contact');
  return contact;
}

/** An address is one contact's in its account [R3.1]. */
async function checkUnique(em: Scoped, address: string): Promise<void> {
  if ((await em.count(Contact, { email: address })) === 0) return;
  throw new Problem(409, 'duplicate', { detail: 'There is a contact with this email already.', field: 'email' });
}

const create = defineRoute({
  method: 'post',
  path: '/v1/contacts',
  tag,
  operationId: 'createContact',
  location: '/v1/contacts/{id}',
  summary: 'Make a contact',
  roles: PEOPLE,
  body: newContact,
  example: { email: 'ada@example.com', name: 'Ada' },
  answers: { 201: contactSchema },
  problems: [409],
  async handle({ em, account, now, body }) {
    await checkUnique(em, body.email);
    await checkQuota(em, 'contacts');
    if (!(await makeContact(em, { ...body, accountId: account.id, now }))) await checkUnique(em, body.email);
    const contact = await em.findOneOrFail(Contact, { email: body.email });
    return { status: 201, body: toApiContact(contact) };
  },
});

const filter = {
  segment: z.enum(SEGMENT_NAMES).default('all'),
  status: z.enum(MARKETING_STATUSES).optional().describe('Its marketing status.'),
  tag: contactTag.optional().describe('Which has this tag.'),
  email: email.optional().describe('Exactly this address.'),
  q: part.optional().describe(`Part of the address or name. ${SHORT_PART}`),
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
  async handle({ em, query: { limit, cursor, ...asked } }) {
    const place = readPage({ limit, cursor }, CONTACT_SORTS[asked.sort]);
    return { status: 200, body: toApiPage(await listContacts(em, asked, place), toApiContact) };
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
  handle: async ({ em, query }) => ({ status: 200, body: await countContacts(em, query) }),
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
  roles: EVERYBODY,
  answers: { 200: contactInFull },
  handle: async (call) => ({ status: 200, body: await toApiContactInFull(call.em, await theContact(call)) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateContact',
  summary: 'Change a contact',
  roles: PEOPLE,
  body: contactChange,
  example: { name: 'Ada Lovelace' },
  answers: { 200: contactSchema },
  problems: [409],
  async handle(call) {
    const contact = await theContact(call);
    const before = toApiContact(contact);
    const { email: address, name } = call.body;
    if (contact.erasedAt) throw wrongState('This person has been erased.');
    if (address && address !== contact.email) await checkUnique(call.em, address);
    if (address && address !== contact.email) await leaveAddress(call, contact);
    contact.email = address ?? contact.email;
    if (name !== undefined) contact.name = name;
    await call.em.flush();
    if (contact.email !== before.email || contact.name !== before.name) await tellStripe(call.em, contact.id);
    return { status: 200, body: toApiContact(contact) };
  },
});

/**
 * What was mailed to the old address opens nothing any more, and of the new one nothing is proved
 * yet [R14.1].
 */
async function leaveAddress({ em, now }: Pick<AccountCall<unknown, unknown, unknown>, 'em' | 'now'>, contact: Contact) {
  contact.addressProvenAt = null;
  contact.addressSince = now;
  await revokeLoginTokens(em, contact.id);
}

const access = defineRoute({
  method: 'get',
  path: '/v1/contacts/{contactId}/access',
  tag,
  operationId: 'explainAccess',
  summary: 'Explain whether a contact reaches a product, and why',
  roles: EVERYBODY,
  params: one.params,
  query: z.strictObject({ productId: givenId }),
  answers: { 200: accessSchema },
  async handle(call) {
    const { em, now, query } = call;
    const contact = await theContact(call);
    const product = await em.findOne(Product, { id: query.productId });
    if (!product) throw notFound('product');
    const { products, emails } = await explainAccess(em, contact.id, now);
    const explained = products.find(({ productId }) => productId === product.id);
    const nothing = { productId: product.id, productName: product.name, reach: NO_REACH, ways: [] };
    return { status: 200, body: toApiAccess(contact.id, explained ?? nothing, emails) };
  },
});

const products = defineRoute({
  method: 'get',
  path: '/v1/contacts/{contactId}/products',
  tag,
  operationId: 'listProductsOfContact',
  summary: 'Explain access to every product that a contact has ever bought or been granted',
  roles: EVERYBODY,
  params: one.params,
  answers: { 200: z.strictObject({ data: z.array(accessSchema) }) },
  async handle(call) {
    const contact = await theContact(call);
    const explained = await explainAccess(call.em, contact.id, call.now);
    const data = explained.products.map((product) => toApiAccess(contact.id, product, explained.emails));
    return { status: 200, body: { data } };
  },
});

const totals = defineRoute({
  method: 'get',
  path: '/v1/contacts/{contactId}/totals',
  tag,
  operationId: 'addUpPaymentsOfContact',
  summary: 'Add up what a contact has paid and got back, by currency',
  roles: MONEY_READERS,
  params: one.params,
  answers: { 200: z.strictObject({ data: z.array(paymentTotals) }) },
  async handle(call) {
    const contact = await theContact(call);
    return { status: 200, body: { data: await totalsOfContact(call.em, contact.id) } };
  },
});

export const contactRoutes = {
  create,
  list,
  countThem,
  segments,
  read,
  change,
  access,
  products,
  totals,
  ...contactConsentRoutes,
  ...contactTagRoutes,
  ...contactNoteRoutes,
};
