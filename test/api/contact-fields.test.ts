import { expect, test } from '@jest/globals';
import { Contact } from '../../db/entities/contact.ts';
import { aContact, aField, anAccount } from '../builders/rows.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const define = (key: string, kind: string, label = key) => owner.post('/v1/contact-fields', { key, label, kind });
const change = (contactId: string, fields: object) => owner.patch(`/v1/contacts/${contactId}`, { fields });
const someone = () => aContact(api.orm.em.fork(), world.accountId);

async function fourKinds(): Promise<void> {
  for (const [key, kind] of Object.entries({ city: 'text', height: 'number', born: 'date', plays: 'yes_no' }))
    await define(key, kind);
}

test('fields are defined, named otherwise and listed as they were defined', async () => {
  await fourKinds();
  const { data } = (await owner.get('/v1/contact-fields')).body;

  expect(data.map((field) => (field as unknown as { key: string }).key)).toEqual(['city', 'height', 'born', 'plays']);
  const renamed = await owner.patch(`/v1/contact-fields/${data[0]?.id}`, { label: 'Home town' });
  expect(renamed.body).toMatchObject({ key: 'city', label: 'Home town', kind: 'text' });
  expect(await define('CITY', 'text')).toMatchObject({ status: 409, body: { code: 'duplicate' } });
  expect((await define('home town', 'text')).status).toBe(422);
  expect((await define('size', 'list')).status).toBe(422);
});

test('a contact has a value of its kind in each; what is not named stays, and null empties', async () => {
  await fourKinds();
  const id = await someone();

  const first = await change(id, { city: 'Vienna', height: 1.68, born: '2000-02-29', plays: false });
  const second = await change(id, { city: null, plays: true });

  expect(first.body.fields).toEqual({ city: 'Vienna', height: 1.68, born: '2000-02-29', plays: false });
  expect(second.body.fields).toEqual({ city: null, height: 1.68, born: '2000-02-29', plays: true });
  expect((await owner.get(`/v1/contacts/${id}`)).body.fields).toEqual(second.body.fields);
});

test.each([
  ['city', 12],
  ['height', '1.68'],
  ['born', '2027-02-29'],
  ['plays', 'yes'],
  ['colour', 'red'],
  ['__proto__x', 'red'],
])('%s is refused %j where it stands, and nothing is changed', async (key, value) => {
  await fourKinds();
  const id = await someone();

  const { status, body } = await change(id, { [key]: value });

  expect([status, body.field]).toEqual([422, `fields.${key}`]);
  expect((await owner.get(`/v1/contacts/${id}`)).body.fields).toEqual({
    city: null,
    height: null,
    born: null,
    plays: null,
  });
});

test('two changes at once both hold', async () => {
  await fourKinds();
  const id = await someone();

  await Promise.all([change(id, { city: 'Vienna' }), change(id, { height: 2 }), change(id, { plays: true })]);

  expect((await owner.get(`/v1/contacts/${id}`)).body.fields).toMatchObject({ city: 'Vienna', height: 2, plays: true });
});

test('a field that is deleted is gone from contacts, and one of its key is empty', async () => {
  const { id: fieldId } = (await define('city', 'text')).body;
  const id = await someone();
  await change(id, { city: 'Vienna' });

  expect((await owner.delete(`/v1/contact-fields/${fieldId}`)).status).toBe(204);
  expect((await owner.get(`/v1/contacts/${id}`)).body.fields).toEqual({});
  await define('city', 'number');
  expect((await owner.get(`/v1/contacts/${id}`)).body.fields).toEqual({ city: null });
  await change(id, { city: 1 });
  expect(Object.keys((await api.orm.em.fork().findOneOrFail(Contact, { id })).fields)).toHaveLength(1);
});

test('administrators define them, support fills them in, everybody reads them; of this account alone', async () => {
  const em = api.orm.em.fork();
  const { accountId } = await anAccount(em, { name: 'Other' });
  const theirs = await aField(em, accountId, 'secret');
  const id = await someone();
  await define('city', 'text');
  const as = (role: 'support' | 'assistant') => api.client(world.keys[role]);

  expect((await as('support').post('/v1/contact-fields', { key: 'x', label: 'X', kind: 'text' })).status).toBe(403);
  expect((await as('support').patch(`/v1/contacts/${id}`, { fields: { city: 'Graz' } })).status).toBe(200);
  expect((await as('assistant').get('/v1/contact-fields')).body.data).toHaveLength(1);
  expect((await change(id, { secret: '2027-01-01' })).status).toBe(422);
  expect((await owner.delete(`/v1/contact-fields/${theirs}`)).status).toBe(404);
  expect((await owner.patch(`/v1/contact-fields/${theirs}`, { label: 'Mine' })).status).toBe(404);
});
