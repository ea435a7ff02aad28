import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { ContactField } from '../../db/entities/contact-field.ts';
import { lockedSegments } from '../../db/people/segments.ts';
import { fieldsOfAccount, MOST_FIELDS } from '../../db/people/contact-fields.ts';
import { namedFields } from '../../workflows/domain/segment.ts';
import { faultOfValue, type FieldValue } from '../../workflows/domain/contact-field.ts';
import { BILLING, EVERYBODY } from '../auth/roles.ts';
import { idParams } from '../http/fields.ts';
import { invalid, notFound, Problem } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { inUse } from './check-rule.ts';
import { fieldSchema, newField, renamedField } from './contact-field-schema.ts';

const shows = fieldsOf(ContactField);
const toApiField = ({ id: fieldId, key: named, label: shown, kind: of, createdAt }: ContactField) => ({
  id: fieldId,
  key: named,
  label: shown,
  kind: of,
  createdAt,
});

const all = { path: '/v1/contact-fields', tag: 'Contacts' } as const;
const one = {
  path: '/v1/contact-fields/{fieldId}',
  tag: 'Contacts',
  params: idParams('fieldId'),
  roles: BILLING,
} as const;

/** @throws Problem 404 */
async function theField({ em, params }: AccountCall<{ fieldId: string }, unknown, unknown>): Promise<ContactField> {
  const field = await em.findOne(ContactField, { id: params.fieldId });
  if (!field) throw notFound('field');
  return field;
}

const listFields = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listContactFields',
  summary: 'List the fields of contacts that the account defines',
  roles: EVERYBODY,
  answers: { 200: z.strictObject({ data: z.array(fieldSchema) }) },
  handle: async ({ em }) => ({ status: 200, body: { data: (await fieldsOfAccount(em)).map(toApiField) } }),
});

const defineField = defineRoute({
  ...all,
  method: 'post',
  operationId: 'defineContactField',
  audit: { kind: 'contact_field.created', shows },
  location: '/v1/contact-fields',
  summary: 'Define a field of contacts',
  roles: BILLING,
  body: newField,
  example: { key: 'city', label: 'City', kind: 'text' },
  answers: { 201: fieldSchema },
  problems: [409],
  async handle({ em, account, now, body }) {
    const defined = await fieldsOfAccount(em);
    if (defined.some((field) => field.key === body.key))
      throw new Problem(409, 'duplicate', { detail: 'There is a field with this key already.', field: 'key' });
    if (defined.length >= MOST_FIELDS) throw invalid('key', `is one more than the ${MOST_FIELDS} that there may be`);
    const field = em.create(ContactField, { ...body, id: uuid(), accountId: account.id, createdAt: now });
    await em.flush();
    return { status: 201, body: toApiField(field) };
  },
});

const renameField = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateContactField',
  audit: { kind: 'contact_field.changed', about: 'fieldId', shows },
  summary: 'Name a field otherwise',
  body: renamedField,
  example: { label: 'Home town' },
  answers: { 200: fieldSchema },
  async handle(call) {
    const field = await theField(call);
    field.label = call.body.label;
    await call.em.flush();
    return { status: 200, body: toApiField(field) };
  },
});

const removeField = defineRoute({
  ...one,
  method: 'delete',
  operationId: 'deleteContactField',
  audit: { kind: 'contact_field.deleted', about: 'fieldId', shows },
  summary: 'Delete a field, with what contacts have in it',
  answers: { 204: null },
  problems: [409],
  async handle(call) {
    const field = await theField(call);
    const users = (await lockedSegments(call.em)).filter((segment) => namedFields(segment).includes(field.key));
    if (users.length > 0) throw inUse(users);
    call.em.remove(field);
    await call.em.flush();
    return { status: 204 };
  },
});

/** @throws Problem 422 */
export async function checkValues(em: Scoped, values: Record<string, FieldValue | null>): Promise<ContactField[]> {
  const defined = await fieldsOfAccount(em);
  for (const [named, value] of Object.entries(values)) {
    const field = defined.find((one) => one.key === named);
    if (!field) throw invalid(`fields.${named}`, 'is no field of this account');
    const fault = value === null ? null : faultOfValue(field.kind, value);
    if (fault !== null) throw invalid(`fields.${named}`, fault);
  }
  return defined;
}

export const contactFieldRoutes = { listFields, defineField, renameField, removeField };
