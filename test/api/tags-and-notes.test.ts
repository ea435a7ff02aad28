import { describe, expect, test } from '@jest/globals';
import { eraseContact } from '../../db/people/erase-contact.ts';
import { aContact, anAccount, aNote, anOffer } from '../builders/rows.ts';
import { aPurchase, aWorld } from './a-world.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const someone = (given: object = {}) => aContact(api.orm.em.fork(), world.accountId, given);
const tag = (contactId: string, word: string) => owner.post(`/v1/contacts/${contactId}/tags`, { tag: word });
const untag = (contactId: string, word: string) =>
  owner.delete(`/v1/contacts/${contactId}/tags/${encodeURIComponent(word)}`);
const tagsOf = async (contactId: string) => (await owner.get(`/v1/contacts/${contactId}`)).body.tags;
const found = async (query: string) => (await owner.get(`/v1/contacts?${query}`)).body.data.map(({ id }) => id);
const counted = async (query: string) => (await owner.get(`/v1/contacts/count?${query}`)).body;

describe('tags', () => {
  test('are written small, added once and taken away', async () => {
    const id = await someone();

    expect((await tag(id, '  VIP   Berlin ')).body.tags).toEqual(['vip berlin']);
    expect((await tag(id, 'vip berlin')).status).toBe(200);
    await tag(id, 'blog/2027');
    expect(await tagsOf(id)).toEqual(['blog/2027', 'vip berlin']);
    expect((await untag(id, 'VIP Berlin')).status).toBe(204);
    expect((await untag(id, 'vip berlin')).status).toBe(404);
    expect((await untag(id, 'blog/2027')).status).toBe(204);
    expect(await tagsOf(id)).toEqual([]);
  });

  test('are listed with how many contacts have each, of this account alone', async () => {
    const [one, other] = [await someone(), await someone()];
    await tag(one, 'vip');
    await tag(other, 'vip');
    await tag(other, 'berlin');
    const { accountId } = await anAccount(api.orm.em.fork(), { name: 'Other' });
    const theirs = await aContact(api.orm.em.fork(), accountId);
    const row = [theirs, 'secret', accountId];
    await api.orm.em.fork().execute('insert into contact_tags values (?, ?, ?, now())', row);

    expect((await owner.get('/v1/tags')).body.data).toEqual([
      { tag: 'berlin', contacts: 1 },
      { tag: 'vip', contacts: 2 },
    ]);
    expect((await tag(theirs, 'vip')).status).toBe(404);
    expect((await untag(theirs, 'secret')).status).toBe(404);
    expect(await found('tag=secret')).toEqual([]);
  });

  test('are 50 for a contact at the most, also of many at once', async () => {
    const id = await someone();
    for (let n = 0; n < 48; n += 1) await tag(id, `tag ${n}`);

    const answers = await Promise.all([1, 2, 3, 4].map((n) => tag(id, `late ${n}`)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422, 422]);
    expect(await tagsOf(id)).toHaveLength(50);
  });

  test('are for support and above to change, and for everybody to read', async () => {
    const id = await someone();
    const assistant = api.client(world.keys.assistant);

    expect((await assistant.post(`/v1/contacts/${id}/tags`, { tag: 'vip' })).status).toBe(403);
    expect((await assistant.get('/v1/tags')).status).toBe(200);
    expect((await api.client(world.keys.support).post(`/v1/contacts/${id}/tags`, { tag: 'vip' })).status).toBe(200);
  });
});

test('contacts are found and counted by segment, status, tag and part of the name together', async () => {
  const ada = await someone({ name: 'Ada', marketingStatus: 'subscribed', customerSince: '2027-01-01T00:00:00Z' });
  const adam = await someone({ name: 'Adam', marketingStatus: 'subscribed' });
  const left = { marketingStatus: 'unsubscribed', unsubscribedReason: 'opted_out' };
  const ines = await someone({ name: 'Ines', ...left });
  for (const id of [ada, ines]) await tag(id, 'vip');

  expect(await found('status=unsubscribed')).toEqual([ines]);
  expect(new Set(await found('tag=VIP'))).toEqual(new Set([ada, ines]));
  expect(await found('tag=vip&status=subscribed')).toEqual([ada]);
  expect(await found('segment=subscribed&status=unsubscribed')).toEqual([]);
  expect(await found('segment=customers&status=subscribed&tag=vip&q=ad')).toEqual([ada]);
  expect(await counted('segment=subscribed&q=ada')).toEqual({ count: 2, isOver: false });
  expect(await counted('tag=vip&status=unsubscribed')).toEqual({ count: 1, isOver: false });
  expect((await owner.get('/v1/contacts?status=gone')).status).toBe(422);
  expect(await found('segment=subscribed&tag=nothing')).toEqual([]);
  expect(await found('segment=subscribed')).toHaveLength(2);
  expect(await found('q=adam')).toEqual([adam]);
});

describe('notes', () => {
  test('keep who wrote them and when, the newest first, and are deleted for good', async () => {
    const id = await someone();
    const first = await owner.post(`/v1/contacts/${id}/notes`, { text: 'Prefers email' });
    const second = await owner.post(`/v1/contacts/${id}/notes`, { text: 'Called on Monday\r\nabout the invoice' });

    const list = async () => (await owner.get(`/v1/contacts/${id}/notes`)).body.data;

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toMatchObject({ text: 'Called on Monday\nabout the invoice', by: { kind: 'api_key' } });
    expect((await list()).map((note) => note.id)).toEqual([second.body.id, first.body.id]);
    expect((await owner.delete(`/v1/contacts/${id}/notes/${first.body.id}`)).status).toBe(204);
    expect((await owner.delete(`/v1/contacts/${id}/notes/${first.body.id}`)).status).toBe(404);
    expect(await list()).toHaveLength(1);
  });

  test('are for support and above, and of this account alone', async () => {
    const { accountId } = await anAccount(api.orm.em.fork(), { name: 'Other' });
    const em = api.orm.em.fork();
    const contactId = await aContact(em, accountId);
    const noteId = await aNote(em, { accountId, contactId });
    const mine = await someone();

    expect((await api.client(world.keys.assistant).get(`/v1/contacts/${mine}/notes`)).status).toBe(403);
    expect((await owner.get(`/v1/contacts/${contactId}/notes`)).status).toBe(404);
    expect((await owner.post(`/v1/contacts/${contactId}/notes`, { text: 'x' })).status).toBe(404);
    expect((await owner.delete(`/v1/contacts/${contactId}/notes/${noteId}`)).status).toBe(404);
    expect((await owner.delete(`/v1/contacts/${mine}/notes/${noteId}`)).status).toBe(404);
  });
});

describe('notes on purchases', () => {
  const notesOn = async (purchaseId: string) => (await owner.get(`/v1/purchases/${purchaseId}/notes`)).body.data;

  test('are listed with the purchase and with whoever bought it, and deleted at either', async () => {
    const { contactId } = world;
    const [purchaseId, another] = [await aPurchase(api.orm, world), await aPurchase(api.orm, await anotherOffer())];
    const about = await owner.post(`/v1/contacts/${contactId}/notes`, { text: 'Prefers email' });
    const first = await owner.post(`/v1/purchases/${purchaseId}/notes`, { text: 'Wants the invoice anew' });
    const second = await owner.post(`/v1/purchases/${another}/notes`, { text: 'A gift' });

    expect(first).toMatchObject({ status: 201, body: { purchaseId, by: { kind: 'api_key' } } });
    expect((await notesOn(purchaseId)).map(({ id }) => id)).toEqual([first.body.id]);
    const ofPerson = (await owner.get(`/v1/contacts/${contactId}/notes`)).body.data;
    expect(ofPerson.map(({ id }) => id)).toEqual([second.body.id, first.body.id, about.body.id]);
    expect((await owner.delete(`/v1/purchases/${another}/notes/${first.body.id}`)).status).toBe(404);
    expect((await owner.delete(`/v1/purchases/${purchaseId}/notes/${about.body.id}`)).status).toBe(404);
    expect((await owner.delete(`/v1/purchases/${purchaseId}/notes/${first.body.id}`)).status).toBe(204);
    expect((await owner.delete(`/v1/contacts/${contactId}/notes/${second.body.id}`)).status).toBe(204);
    expect([await notesOn(purchaseId), await notesOn(another)]).toEqual([[], []]);
  });

  const anotherOffer = async () => ({ ...world, ...(await anOffer(api.orm.em.fork(), world.accountId)) });

  test('are erased with whoever bought it, of whom nothing more is written', async () => {
    const { accountId, contactId } = world;
    const purchaseId = await aPurchase(api.orm, world);
    await owner.post(`/v1/purchases/${purchaseId}/notes`, { text: 'Ada called' });

    await eraseContact(api.orm.em.fork(), { contactId, accountId });

    expect(await notesOn(purchaseId)).toEqual([]);
    expect((await owner.post(`/v1/purchases/${purchaseId}/notes`, { text: 'Again' })).status).toBe(409);
  });

  test('are for support and above, and of this account alone', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const other = await aWorld(api.orm);
    const theirs = api.client(other.keys.owner);
    const path = `/v1/purchases/${purchaseId}/notes`;
    const { id } = (await api.client(world.keys.support).post(path, { text: 'x' })).body;

    expect((await api.client(world.keys.assistant).get(path)).status).toBe(403);
    expect((await api.client(world.keys.assistant).post(path, { text: 'x' })).status).toBe(403);
    for (const { status } of [
      await theirs.get(path),
      await theirs.post(path, { text: 'x' }),
      await theirs.delete(`${path}/${id}`),
    ])
      expect(status).toBe(404);
    expect(await notesOn(purchaseId)).toHaveLength(1);
  });
});

test('an address of another script is one contact, however it is written [R3.1]', async () => {
  const made = await owner.post('/v1/contacts', { email: 'Ada@Bücher.example', name: null });
  const again = await owner.post('/v1/contacts', { email: 'ada@xn--bcher-kva.example', name: null });

  expect(made.status).toBe(201);
  expect([again.status, again.body.code]).toEqual([409, 'duplicate']);
  expect(await found(`email=${encodeURIComponent('ada@bücher.example')}`)).toEqual([made.body.id]);
  expect((await owner.post('/v1/contacts', { email: 'jürgen@example.com' })).body.detail).toContain(
    'cannot be mailed yet',
  );
});
