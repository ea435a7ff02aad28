import { z } from 'zod';
import { addTag, listTags, MOST_TAGS, removeTag } from '../../db/people/contact-tags.ts';
import { EVERYBODY, PEOPLE } from '../auth/roles.ts';
import { givenId, idParams } from '../http/fields.ts';
import { invalid, notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { contactInFull, contactTag } from './contact-schema.ts';
import { toApiContactInFull } from './contact-view.ts';
import { lockedContact } from './the-contact.ts';

const tag = 'Contacts';

const tagContact = defineRoute({
  method: 'post',
  path: '/v1/contacts/{contactId}/tags',
  tag,
  operationId: 'tagContact',
  audit: { kind: 'contact.tagged', says: ['tag'] },
  summary: 'Give a contact a tag; one that it has already stays',
  roles: PEOPLE,
  params: idParams('contactId'),
  body: z.strictObject({ tag: contactTag }),
  example: { tag: 'vip' },
  answers: { 200: contactInFull },
  problems: [409],
  async handle(call) {
    const { em, now, body } = call;
    const contact = await lockedContact(call);
    if (!(await addTag(em, contact.id, body.tag, now)))
      throw invalid('tag', `is one more than the ${MOST_TAGS} that a contact may have`);
    return { status: 200, body: await toApiContactInFull(em, contact) };
  },
});

const untagContact = defineRoute({
  method: 'delete',
  path: '/v1/contacts/{contactId}/tags/{tag}',
  tag,
  operationId: 'untagContact',
  audit: { kind: 'contact.untagged' },
  summary: 'Take a tag from a contact',
  roles: PEOPLE,
  params: z.object({ contactId: givenId, tag: contactTag }),
  answers: { 204: null },
  async handle({ em, params }) {
    if (!(await removeTag(em, params.contactId, params.tag))) throw notFound('tag of this contact');
    return { status: 204 };
  },
});

const tags = defineRoute({
  method: 'get',
  path: '/v1/tags',
  tag,
  operationId: 'listTags',
  summary: 'List the tags of contacts by the alphabet, with how many have each',
  roles: EVERYBODY,
  answers: {
    200: z.strictObject({
      data: z.array(z.strictObject({ tag: z.string(), contacts: z.int() }).meta({ id: 'Tag' })),
    }),
  },
  handle: async ({ em }) => ({ status: 200, body: { data: await listTags(em) } }),
});

export const contactTagRoutes = { tagContact, untagContact, tags };
