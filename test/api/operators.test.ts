import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { beginSession } from '../../db/people/sessions.ts';
import type { Role } from '../../workflows/domain/verb.ts';
import { anAdmin, aPlatformAccount } from '../builders/rows.ts';
import { aPurchase } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

let platformId: string;
beforeEach(async () => {
  platformId = (await aPlatformAccount(api.orm.em.fork())).accountId;
});

/** Somebody of the platform, signed in; acting on the account that is named. */
async function ofPlatform(role: Role, accountId?: string) {
  const email = `${role}-${uuid()}@perennial.test`;
  const adminId = await anAdmin(api.orm.em.fork(), { accountId: platformId, email, role });
  const { token } = await beginSession(api.orm.em.fork(), { adminId });
  return { email, client: api.client(token, accountId ? { 'Perennial-Account': accountId } : {}) };
}

describe('who runs the platform [R2.5]', () => {
  test('acts on its account unless they name another, and on that in their own name', async () => {
    const { client: atHome } = await ofPlatform('operator');
    const { client, email } = await ofPlatform('administrator', world.accountId);
    const purchaseId = await aPurchase(api.orm, world);

    expect((await atHome.get('/v1/account')).body).toMatchObject({ id: platformId, name: 'Perennial' });
    expect((await client.get('/v1/account')).body).toMatchObject({ id: world.accountId });
    expect((await atHome.get('/v1/operator/accounts')).status).toBe(200);
    expect((await client.post(`/v1/purchases/${purchaseId}/revoke`)).status).toBe(202);
    const listed = { data: [{ by: { kind: 'operator', email } }] };
    expect((await owner.get('/v1/commands')).body).toMatchObject(listed);
  });

  test.each(['assistant', 'support'] as const)('is no operator as %s', async (role) => {
    const { client } = await ofPlatform(role, world.accountId);

    expect((await client.get('/v1/contacts')).status).toBe(200);
    expect((await client.get('/v1/account')).body).toMatchObject({ id: platformId });
    expect((await client.get('/v1/operator/accounts')).status).toBe(403);
  });

  test('makes operators; nobody else does, and no name of an account helps', async () => {
    const { client } = await ofPlatform('administrator');
    const invite = { email: 'opal@perennial.test', role: 'operator' };

    expect((await client.post('/v1/admins', invite)).status).toBe(201);
    expect(await owner.post('/v1/admins', invite)).toMatchObject({ status: 422, body: { field: 'role' } });
    const made = await client.post('/v1/api-keys', { name: 'Scripts', role: 'operator' });
    const key = api.client(made.body.key, { 'Perennial-Account': world.accountId });
    expect((await key.get('/v1/account')).body).toMatchObject({ id: world.accountId });
    expect((await owner.post('/v1/api-keys', { name: 'Scripts', role: 'operator' })).status).toBe(422);
    const named = api.client(world.keys.owner, { 'Perennial-Account': platformId });
    expect((await named.get('/v1/account')).body).toMatchObject({ id: world.accountId });
  });
});
