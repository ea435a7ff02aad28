import { z } from 'zod';
import { validate as isUuid, v7 as uuid } from 'uuid';
import type { Scoped } from '../../db/account-scope.ts';
import { listProducts } from '../../db/catalog/offers.ts';
import { insertContent, listContent } from '../../db/catalog/content.ts';
import { Content } from '../../db/entities/content.ts';
import { Product } from '../../db/entities/product.ts';
import { given } from '../../db/given.ts';
import { NEWEST } from '../../db/page.ts';
import { quotaOf } from '../../workflows/domain/quotas.ts';
import { CONTENT, EVERYBODY } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { httpsUrl, instant, name, pageOf, pageQuery, truth } from '../http/fields.ts';
import { notFound, Problem } from '../http/problem.ts';
import { toFields } from '../../db/platform/audited-fields.ts';
import { defineRoute } from '../http/route.ts';
import { checkQuota } from '../platform/check-quota.ts';

const tag = 'Content';

const kind = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,38}$/)
  .refine((given) => given !== 'admin' && given !== 'contact')
  .describe('`pipeline`, `website`, or any that your product registers; `products` count as `product`.');
const key = z
  .string()
  .regex(/^[\w.:-]{1,100}$/)
  .describe('The id that your product has given it.');
const ofKind = { path: '/v1/content/{kind}', tag, params: z.object({ kind }) } as const;
const one = { path: '/v1/content/{kind}/{id}', tag, params: z.object({ kind, id: key }) } as const;

const contentSchema = z
  .strictObject({
    kind: z.string(),
    id: z.string(),
    name: z.string().nullable(),
    url: z.string().nullable(),
    archivedAt: instant.nullable().describe('Content that is over a quota comes back once there is room.'),
    createdAt: instant,
  })
  .meta({ id: 'Content' });

const toApiContent = ({ kind: ofIt, key: id, name: called, url, archivedAt, createdAt }: Content) => ({
  kind: ofIt,
  id,
  name: called,
  url,
  archivedAt,
  createdAt,
});

const shownContent = async (em: Scoped, id: string, { kind: ofIt = '' }: Record<string, string>) => {
  const content = ofIt === PRODUCT ? await findProduct(em, id) : await findContent(em, { kind: ofIt, id });
  return content && toFields({ ...content }, ['kind', 'name', 'url', 'archivedAt']);
};

const findProduct = async (em: Scoped, id: string) => (isUuid(id) ? em.findOne(Product, { id }) : null);

const asContent = ({ id, name: called, url, archivedAt, createdAt }: Product) => ({
  kind: PRODUCT,
  id,
  name: called,
  url,
  archivedAt,
  createdAt,
});

/** Products are made, changed and archived by their own routes [R18.2]. */
const PRODUCT = 'product';

function checkRegistered(given: string): void {
  if (given === PRODUCT)
    throw new Problem(409, 'wrong_state', { detail: 'Products have routes of their own: /v1/products.' });
}

const put = defineRoute({
  ...one,
  method: 'put',
  operationId: 'putContent',
  audit: { kind: 'content.put', about: 'id', shows: shownContent },
  summary: 'Register content, or change what is known of it',
  description: 'Answers 201 if it is new. Beyond the quota of its kind (the quota has an `s` to its name) it is 409.',
  roles: CONTENT,
  body: z.strictObject({ name: name.nullable().optional(), url: httpsUrl.nullable().optional() }),
  example: { name: 'Spring launch' },
  answers: { 200: contentSchema, 201: contentSchema },
  problems: [409],
  async handle({ em, account, now, params, body }) {
    checkRegistered(params.kind);
    const known = await findContent(em, params);
    if (!known) {
      await checkQuota(em, quotaOf(params.kind));
      const ids = { id: uuid(), accountId: account.id, kind: params.kind, key: params.id };
      const content = { name: null, url: null, ...given(body), ...ids, createdAt: now };
      if (await insertContent(em, content))
        return { status: 201, body: toApiContent({ ...content, archivedAt: null }) };
    }
    const content = known ?? (await theContent(em, params));
    Object.assign(content, given(body));
    await em.flush();
    return { status: 200, body: toApiContent(content) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getContent',
  summary: 'Read content',
  roles: EVERYBODY,
  answers: { 200: contentSchema },
  handle: async ({ em, params }) => ({
    status: 200,
    body:
      params.kind === PRODUCT ? asContent(await theProduct(em, params.id)) : toApiContent(await theContent(em, params)),
  }),
});

const list = defineRoute({
  ...ofKind,
  method: 'get',
  operationId: 'listContent',
  summary: 'List content of a kind, the newest first',
  roles: EVERYBODY,
  query: z.strictObject({ ...pageQuery, archived: truth.optional() }),
  answers: { 200: pageOf(contentSchema) },
  async handle({ em, params, query: { limit, cursor, archived } }) {
    const page = readPage({ limit, cursor }, NEWEST);
    if (params.kind === PRODUCT)
      return { status: 200, body: toApiPage(await listProducts(em, { archived }, page), asContent) };
    return { status: 200, body: toApiPage(await listContent(em, { ...params, archived }, page), toApiContent) };
  },
});

const remove = defineRoute({
  ...one,
  method: 'delete',
  operationId: 'deleteContent',
  audit: { kind: 'content.deleted', about: 'id', shows: shownContent },
  summary: 'Say that content is gone: it counts no more',
  roles: CONTENT,
  answers: { 204: null },
  problems: [409],
  async handle({ em, params }) {
    checkRegistered(params.kind);
    await em.nativeDelete(Content, { id: (await theContent(em, params)).id });
    return { status: 204 };
  },
});

type Named = z.output<typeof one.params>;

const findContent = (em: Scoped, { kind: ofIt, id }: Named) => em.findOne(Content, { kind: ofIt, key: id });

async function theContent(em: Scoped, named: Named): Promise<Content> {
  const content = await findContent(em, named);
  if (!content) throw notFound('content');
  return content;
}

async function theProduct(em: Scoped, id: string): Promise<Product> {
  const product = await findProduct(em, id);
  if (!product) throw notFound('content');
  return product;
}

export const contentRoutes = { put, read, list, remove };
