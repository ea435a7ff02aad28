import { newsWording } from './news-wording.ts';
import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import type { Account } from '../../db/entities/account.ts';
import { Form } from '../../db/entities/form.ts';
import { given } from '../../db/given.ts';
import { findPage, NEWEST } from '../../db/page.ts';
import { PEOPLE } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { siteUrl } from '../platform/site-url.ts';
import { publicFormRoutes } from './public-forms.ts';
import { formChange, formSchema, newForm } from './form-schema.ts';

type Deps = { publicUrl: string };

const all = { path: '/v1/forms', tag: 'Contacts', roles: PEOPLE } as const;
const shows = fieldsOf(Form);
const one = { path: '/v1/forms/{formId}', tag: 'Contacts', params: idParams('formId'), roles: PEOPLE } as const;

const toApiForm = (form: Form, account: Account, { publicUrl }: Deps): z.input<typeof formSchema> => ({
  id: form.id,
  name: form.name,
  optIn: form.optIn,
  heading: form.heading,
  wording: form.wording,
  button: form.button,
  url: `${siteUrl(publicUrl, account)}/forms/${form.id}`,
  submissions: form.submissions,
  createdAt: form.createdAt,
});

/** @throws Problem 404 */
async function theForm({ em, params }: AccountCall<{ formId: string }, unknown, unknown>): Promise<Form> {
  const form = await em.findOne(Form, { id: params.formId, deletedAt: null });
  if (!form) throw notFound('form');
  return form;
}

const create = defineRoute({
  ...all,
  method: 'post',
  operationId: 'createForm',
  audit: { kind: 'form.created', shows },
  location: '/v1/forms/{id}',
  summary: 'Make a form by which people subscribe to marketing email',
  body: newForm,
  example: { name: 'Foot of the blog', optIn: 'double' },
  answers: { 201: formSchema },
  async handle({ em, account, now, body }, deps: Deps) {
    const { name, optIn, ...words } = body;
    const shown = { ...wordsOf(account), ...given(words) };
    const form = em.create(Form, {
      ...shown,
      ...BLANK,
      name,
      optIn,
      id: uuid(),
      accountId: account.id,
      createdAt: now,
    });
    await em.flush();
    return { status: 201, body: toApiForm(form, account, deps) };
  },
});

const BLANK = { submissions: 0, deletedAt: null };

const wordsOf = ({ name }: Account) => ({
  heading: `News from ${name}`,
  wording: newsWording({ name }),
  button: 'Subscribe',
});

const list = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listForms',
  summary: 'List forms, the newest first',
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(formSchema) },
  async handle({ em, account, query }, deps: Deps) {
    const page = await findPage(em, Form, { order: NEWEST, where: { deletedAt: null } }, readPage(query, NEWEST));
    return { status: 200, body: toApiPage(page, (form) => toApiForm(form, account, deps)) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getForm',
  summary: 'Read a form',
  answers: { 200: formSchema },
  handle: async (call, deps: Deps) => ({ status: 200, body: toApiForm(await theForm(call), call.account, deps) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateForm',
  audit: { kind: 'form.changed', shows },
  summary: 'Change a form; consents keep the words that were shown',
  body: formChange,
  example: { optIn: 'double' },
  answers: { 200: formSchema },
  async handle(call, deps: Deps) {
    const form = await theForm(call);
    Object.assign(form, given(call.body));
    await call.em.flush();
    return { status: 200, body: toApiForm(form, call.account, deps) };
  },
});

const remove = defineRoute({
  ...one,
  method: 'delete',
  operationId: 'deleteForm',
  audit: { kind: 'form.deleted', shows },
  summary: 'Delete a form; who has subscribed by it stays so, and links that were mailed still confirm',
  answers: { 204: null },
  async handle(call) {
    const form = await theForm(call);
    form.deletedAt = call.now;
    await call.em.flush();
    return { status: 204 };
  },
});

export const formRoutes = { create, list, read, change, remove, ...publicFormRoutes };
