import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../db/account-scope.ts';
import { createAccount } from '../../db/platform/create-account.ts';
import { Account } from '../../db/entities/account.ts';
import { ApiKey } from '../../db/entities/api-key.ts';
import { findPage, NEWEST } from '../../db/page.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { hashSecret, newApiKey } from '../auth/secrets.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { definePlatformRoute } from '../http/route.ts';
import { email, id, name, pageOf, pageQuery, timeZone } from '../http/fields.ts';
import { accountSchema, accountView, accountViews } from './account-view.ts';
import { newKeySchema, toApiKey } from '../people/api-keys.ts';

const tag = 'Operators';

const create = definePlatformRoute({
  method: 'post',
  path: '/v1/operator/accounts',
  tag,
  operationId: 'createAccount',
  audit: { kind: 'account.created' },
  summary: 'Make an account with its owner and a first API key',
  body: z.strictObject({ name, mode: z.enum(['live', 'test']), timeZone, supportEmail: email, ownerEmail: email }),
  example: {
    name: 'Ada Studio',
    mode: 'test',
    timeZone: 'Europe/Vienna',
    supportEmail: 'help@example.com',
    ownerEmail: 'ada@example.com',
  },
  answers: {
    201: z.strictObject({
      account: accountSchema,
      owner: z.strictObject({ id, email: z.string() }),
      apiKey: newKeySchema,
    }),
  },
  isSecret: true,
  async handle({ unscoped, body, caller }) {
    const now = fromMs(Date.now());
    const { accountId, ownerId } = await createAccount(unscoped, { ...body, passwordHash: null, now });
    const { key, shown } = newApiKey(body.mode);
    const made = { createdAt: now, createdBy: caller.actor, lastUsedAt: null, expiresAt: null };
    const row = { id: uuid(), name: 'Owner', role: 'owner' as const, ...shown, ...made };
    const em = scopeTo(unscoped, accountId);
    await em.insert(ApiKey, { ...row, accountId, keyHash: hashSecret(key), revokedAt: null });
    const account = await em.findOneOrFail(Account, { id: accountId });
    const owner = { id: ownerId, email: body.ownerEmail };
    return {
      status: 201,
      body: { account: await accountView(unscoped, account), owner, apiKey: { ...toApiKey(row), key } },
    };
  },
});

const list = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/accounts',
  tag,
  operationId: 'listAccounts',
  summary: 'List all accounts, the newest first',
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(accountSchema) },
  async handle({ unscoped, query }) {
    const page = await findPage(unscoped, Account, { order: NEWEST, where: {} }, readPage(query, NEWEST));
    return { status: 200, body: toShownPage(page, await accountViews(unscoped, page.rows)) };
  },
});

export const operatorRoutes = { create, list };
