import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import { ApiKey } from '../../db/entities/api-key.ts';
import { findPage, NEWEST } from '../../db/page.ts';
import { ROLES } from '../../workflows/domain/verb.ts';
import { hashSecret, newApiKey } from '../auth/secrets.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { invalid, notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { givenInstant, id, idParams, instant, name, pageOf, pageQuery } from '../http/fields.ts';
import { checkRole, OWNERS } from '../auth/roles.ts';

const shows = fieldsOf(ApiKey);
const tag = 'Account';
const role = z.enum(ROLES).describe('`operator`: at the account of the platform alone.');
const shown = {
  id,
  name: z.string(),
  role: z.enum(ROLES),
  prefix: z.string().nullable().describe('How the key begins: `prn_live_` or `prn_test_`; null for one of before 0.2.'),
  lastFour: z.string().nullable().describe('How it ends; null for one of before 0.2.'),
  createdAt: instant,
  createdBy: z
    .strictObject({ kind: z.string(), id: id.nullable() })
    .nullable()
    .describe('Who made it; null for one of before 0.2.'),
  lastUsedAt: instant.nullable().describe('By real time, to the minute; null = never, or not since 0.2.'),
  expiresAt: instant.nullable().describe('From when on it is refused, by real time; null = never.'),
};
const keySchema = z.strictObject(shown).meta({ id: 'ApiKey' });
export const newKeySchema = z
  .strictObject({ ...shown, key: z.string().describe('Shown once: only its hash is kept.') })
  .meta({ id: 'NewApiKey' });

type Shown = Omit<ApiKey, 'accountId' | 'keyHash' | 'revokedAt'>;

export const toApiKey = ({ createdBy, ...key }: Shown) => ({
  id: key.id,
  name: key.name,
  role: key.role,
  prefix: key.prefix,
  lastFour: key.lastFour,
  createdAt: key.createdAt,
  createdBy: createdBy && { kind: createdBy.kind, id: createdBy.id },
  lastUsedAt: key.lastUsedAt,
  expiresAt: key.expiresAt,
});

const create = defineRoute({
  method: 'post',
  path: '/v1/api-keys',
  tag,
  operationId: 'createApiKey',
  audit: { kind: 'api_key.created', shows },
  summary: 'Make an API key with a role',
  roles: OWNERS,
  body: z.strictObject({ name, role, expiresAt: givenInstant.nullable().default(null) }),
  example: { name: 'Website', role: 'support' },
  answers: { 201: newKeySchema },
  isSecret: true,
  async handle({ em, account, caller, now, body }) {
    checkRole(body.role, account);
    if (body.expiresAt !== null && body.expiresAt <= new Date().toISOString())
      throw invalid('expiresAt', 'must be in the future');
    const { key, shown: parts } = newApiKey(account.mode);
    const row = {
      ...body,
      ...parts,
      id: uuid(),
      accountId: account.id,
      keyHash: hashSecret(key),
      createdAt: now,
      revokedAt: null,
      createdBy: caller.actor,
      lastUsedAt: null,
    };
    await em.insert(ApiKey, row);
    return { status: 201, body: { ...toApiKey(row), key } };
  },
});

const list = defineRoute({
  method: 'get',
  path: '/v1/api-keys',
  tag,
  operationId: 'listApiKeys',
  summary: "List the account's API keys, the newest first",
  roles: OWNERS,
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(keySchema) },
  async handle({ em, query }) {
    const page = await findPage(em, ApiKey, { order: NEWEST, where: { revokedAt: null } }, readPage(query, NEWEST));
    return { status: 200, body: toApiPage(page, toApiKey) };
  },
});

const revoke = defineRoute({
  method: 'delete',
  path: '/v1/api-keys/{keyId}',
  tag,
  operationId: 'revokeApiKey',
  audit: { kind: 'api_key.revoked', about: 'keyId', shows },
  summary: 'End an API key at once',
  roles: OWNERS,
  params: idParams('keyId'),
  answers: { 204: null },
  async handle({ em, params, now }) {
    const ended = await em.nativeUpdate(ApiKey, { id: params.keyId, revokedAt: null }, { revokedAt: now });
    if (ended === 0) throw notFound('API key');
    return { status: 204 };
  },
});

export const apiKeyRoutes = { create, list, revoke };
