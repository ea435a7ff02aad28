import { beforeEach, describe, expect, test } from '@jest/globals';
import { Preview } from '../../db/entities/preview.ts';
import { Session } from '../../db/entities/session.ts';
import type { z } from 'zod';
import { ROUTES } from '../../api/routes.ts';
import { aContact } from '../builders/rows.ts';
import type { Client } from './a-client.ts';
import { aPurchase } from './a-world.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

type Begun = { id: string; url: string; token: string; isReadOnly: boolean; expiresAt: string };

let purchaseId: string;

useApi();
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
});

const begin = async (contactId = world.contactId): Promise<Begun> =>
  (await owner.post(`/v1/contacts/${contactId}/preview-session`)).body as unknown as Begun;
const as = ({ token }: { token: string }): Client => api.client(token);
const linkOf = ({ url }: Begun): string => new URL(url).pathname.split('/').at(-1) ?? '';
const open = (token: string) => guest.post('/v1/preview-sessions', { token });

describe('whoever looks at the pages of a real customer', () => {
  test('reads what the customer reads, and changes nothing, whatever they ask for', async () => {
    const begun = await begin();
    const me = as(begun);

    expect(begun).toMatchObject({ isReadOnly: true });
    expect((await me.get('/v1/me')).body).toMatchObject({ id: world.contactId });
    expect((await me.get(`/v1/me/purchases/${purchaseId}`)).status).toBe(200);
    const writes = ROUTES.filter(({ scope, method, isReading }) => {
      return scope === 'customer' && method !== 'get' && !isReading;
    });
    expect(writes.length).toBeGreaterThan(15);
    const dry = await me.post(`/v1/me/purchases/${purchaseId}/cancel`, { dryRun: true });
    expect([dry.status, dry.body.code]).not.toContain('preview_read_only');
    for (const { method, path } of writes) {
      const answer = await me.send(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, purchaseId), {});
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'preview_read_only']);
    }
  });

  test('changes nothing by saying that it is a trial where a route knows none', async () => {
    const me = as(await begin());
    const knowsTrials = (body: z.ZodType | undefined) => body?.safeParse({ dryRun: true }).error === undefined;
    const writes = ROUTES.filter(({ scope, method }) => scope === 'customer' && method !== 'get');
    const others = writes.filter(({ body }) => body === undefined || !knowsTrials(body));
    expect(others.length).toBeGreaterThan(8);

    const headers = { 'content-type': 'application/json' };
    for (const { method, path } of others) {
      const address = path.replaceAll(/\{\w+\}/g, purchaseId);
      const { status } = await me.send(method.toUpperCase(), address, { body: '{"dryRun":true}', headers });
      expect([path, [403, 422].includes(status)]).toEqual([path, true]);
    }
  });

  test('leaves a trace in the timeline, and none of a login or of activity', async () => {
    const { id } = await begin();

    const { body } = await owner.get(`/v1/contacts/${world.contactId}/timeline?limit=1`);
    expect(body.data).toMatchObject([{ id, kind: 'preview', by: { kind: 'api_key' } }]);
    const { body: done } = await owner.get(`/v1/contacts/${world.contactId}/activity/summary`);
    expect(done).toMatchObject({ lastLoginAt: null, lastActivityAt: null });
    const { body: sessions } = await owner.get(`/v1/contacts/${world.contactId}/sessions`);
    expect(sessions.data).toEqual([]);
  });

  test('opens the pages by a link that nobody else can make, for 15 minutes and no longer', async () => {
    const begun = await begin();
    const link = linkOf(begun);

    const opened = await open(link);
    expect(opened).toMatchObject({ status: 200, body: { contactId: world.contactId, expiresAt: begun.expiresAt } });
    const forged = link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await open(forged)).toMatchObject({ status: 422, body: { code: 'token_invalid' } });

    const em = api.orm.em.fork();
    await em.nativeUpdate(Preview, { id: begun.id }, { endsAt: new Date(Date.now() - 1000).toISOString() });
    await em.nativeUpdate(Session, { previewId: begun.id }, { expiresAt: new Date(Date.now() - 1000).toISOString() });
    expect((await open(link)).status).toBe(422);
    expect((await as(begun).get('/v1/me')).status).toBe(401);
  });

  test('needs a role for people, and somebody of the account', async () => {
    const others = await Promise.all(
      (['assistant', 'support'] as const).map((role) =>
        api.client(world.keys[role]).post(`/v1/contacts/${world.contactId}/preview-session`),
      ),
    );
    expect(others.map(({ status }) => status)).toEqual([403, 201]);
    expect((await owner.post(`/v1/contacts/${purchaseId}/preview-session`)).status).toBe(404);
  });
});

test('as a test customer everything can be tried', async () => {
  const contactId = await aContact(api.orm.em.fork(), world.accountId, { isTest: true });

  const begun = await begin(contactId);

  expect(begun.isReadOnly).toBe(false);
  expect((await as(begun).patch('/v1/me', { timeZone: 'Europe/Vienna' })).status).toBe(200);
});
