import { expect, test } from '@jest/globals';
import { Contact } from '../../db/entities/contact.ts';
import { aContact } from '../builders/rows.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const AGREED = { wording: 'Signed our paper list: "Send me your news."' };

const newcomer = (): Promise<string> => aContact(api.orm.em.fork(), world.accountId);
const ask = (contactId: string, verb: 'subscribe' | 'unsubscribe') =>
  owner.post(`/v1/contacts/${contactId}/${verb}`, verb === 'subscribe' ? AGREED : undefined);
const standing = async (contactId: string): Promise<object> => {
  const { marketingStatus: status, unsubscribedReason: reason } = (await owner.get(`/v1/contacts/${contactId}`)).body;
  return { status, reason };
};

test('a consent that an admin notes is kept with its words, address, instant and who noted it [R3.4]', async () => {
  const id = await newcomer();

  const { status, body } = await ask(id, 'subscribe');

  expect(status).toBe(200);
  expect(body).toMatchObject({ marketingStatus: 'subscribed', unsubscribedReason: null });
  expect(body.consents).toEqual([
    {
      id: expect.any(String),
      kind: 'admin_subscribed',
      from: { status: 'never_subscribed', reason: null },
      to: { status: 'subscribed', reason: null },
      source: 'admin',
      formId: null,
      wording: AGREED.wording,
      email: `ada-${id}@example.com`,
      at: expect.any(String),
      by: expect.objectContaining({ kind: 'api_key' }),
    },
  ]);
  expect((await owner.get('/v1/contacts?segment=subscribed')).body.data).toHaveLength(1);
});

test('whoever has unsubscribed is not brought back by an admin; asked twice, it is kept once [R3.6]', async () => {
  const id = await newcomer();

  await ask(id, 'subscribe');
  await ask(id, 'unsubscribe');
  const again = await ask(id, 'unsubscribe');
  const back = await ask(id, 'subscribe');

  expect(again.body.consents.map(({ kind }) => kind)).toEqual(['admin_unsubscribed', 'admin_subscribed']);
  expect([back.status, back.body.code]).toEqual([409, 'confirmation_required']);
  expect(await standing(id)).toEqual({ status: 'unsubscribed', reason: 'manual' });
});

test('a reason to have unsubscribed stays when an admin unsubscribes, too', async () => {
  const left = { marketingStatus: 'unsubscribed', unsubscribedReason: 'opted_out' } as const;
  const id = await aContact(api.orm.em.fork(), world.accountId, left);

  expect((await ask(id, 'unsubscribe')).status).toBe(200);

  expect(await standing(id)).toEqual({ status: 'unsubscribed', reason: 'opted_out' });
});

test('support may, an assistant may not; a contact of nobody here is 404', async () => {
  const id = await newcomer();
  const as = (role: 'support' | 'assistant') => api.client(world.keys[role]).post(`/v1/contacts/${id}/unsubscribe`);

  expect((await as('assistant')).status).toBe(403);
  expect(await standing(id)).toEqual({ status: 'never_subscribed', reason: null });
  expect((await as('support')).status).toBe(200);
  expect((await ask(world.accountId, 'unsubscribe')).status).toBe(404);
});

test('two admins at once come to one change', async () => {
  const id = await newcomer();

  const answers = await Promise.all([1, 2, 3, 4].map(() => ask(id, 'unsubscribe')));

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await owner.get(`/v1/contacts/${id}`)).body.consents).toHaveLength(1);
  expect(await api.orm.em.fork().findOneOrFail(Contact, { id })).toMatchObject({ unsubscribedReason: 'manual' });
});
