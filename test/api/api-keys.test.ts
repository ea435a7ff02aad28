import { describe, expect, test } from '@jest/globals';
import { aWorld } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

type Key = { id: string; prefix: string; lastFour: string; createdBy: object; lastUsedAt: string; expiresAt: string };

useApi();

const made = async (more: object = {}, by = owner) =>
  (await by.post('/v1/api-keys', { name: 'Website', role: 'support', ...more })).body as unknown as Key & {
    key: string;
  };
const listed = async (id: string) =>
  ((await owner.get('/v1/api-keys')).body.data as unknown as Key[]).find((key) => key.id === id);
const sql = (text: string, values: unknown[]) => api.orm.em.fork().execute<object[]>(text, values);

describe('an API key', () => {
  test.each(['test', 'live'] as const)(
    'of an account in %s mode says so, and is not like one of Stripe',
    async (mode) => {
      const { keys } = await aWorld(api.orm, { mode });

      const { key } = await made({}, api.client(keys.owner));

      expect(key).toMatch(new RegExp(`^prn_${mode}_[\\w-]{43}$`));
      expect(key).not.toMatch(/^[sprw]k_/);
    },
  );

  test('is known later by its beginning, its end, who made it and when it was last used', async () => {
    const { id, key } = await made();
    expect(await listed(id)).toMatchObject({ prefix: key.slice(0, 9), lastFour: key.slice(-4), lastUsedAt: null });

    await api.client(key).get('/v1/contacts');

    const shown = await listed(id);
    expect(shown?.createdBy).toMatchObject({ kind: 'api_key' });
    expect(Date.now() - Date.parse(shown?.lastUsedAt ?? '')).toBeLessThan(60_000);
    expect(JSON.stringify(shown)).not.toContain(key.slice(10, 40));
  });

  test('is noted as used once a minute at most', async () => {
    const { id, key } = await made();
    const usedAt = async (at: string) => {
      await sql('update api_keys set last_used_at = ? where id = ?', [at, id]);
      await api.client(key).get('/v1/contacts');
      return (await listed(id))?.lastUsedAt;
    };
    const [lately, before] = [30_000, 61_000].map((ms) => new Date(Date.now() - ms).toISOString()) as [string, string];

    expect(await usedAt(lately)).toBe(lately);
    expect(await usedAt(before)).not.toBe(before);
  });

  test('is refused after its end, which has to lie ahead', async () => {
    const past = await owner.post('/v1/api-keys', { name: 'x', role: 'support', expiresAt: '2020-01-31T09:00:00Z' });
    const { id, key, expiresAt } = await made({ expiresAt: '2099-01-31T09:00:00Z' });
    const before = await api.client(key).get('/v1/contacts');
    await sql(`update api_keys set expires_at = now() where id = ?`, [id]);

    const after = await api.client(key).get('/v1/contacts');

    expect([past.status, past.body.field]).toEqual([422, 'expiresAt']);
    expect(expiresAt).toBe('2099-01-31T09:00:00.000Z');
    expect([before.status, after.status]).toEqual([200, 401]);
  });

  test('of 0.1 goes on working, and says what is not known of it', async () => {
    const [{ id }] = (await sql(`select id from api_keys where account_id = ? and role = 'owner'`, [
      world.accountId,
    ])) as [{ id: string }];

    expect(await listed(id)).toMatchObject({ prefix: null, lastFour: null, createdBy: null, expiresAt: null });
  });
});
