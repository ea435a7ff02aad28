import { expect, test } from '@jest/globals';
import { recordOwn } from '../../db/people/activity.ts';
import { ROLES } from '../../workflows/domain/verb.ts';
import { aContact, aSegment, T0 } from '../builders/rows.ts';
import { aWorld } from './a-world.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const VIP = { kind: 'tag', tag: 'vip' };
const make = (name: string, ...filters: object[]) => owner.post('/v1/segments', { name, filters });
const ids = async (segment: string, more = '') =>
  (await owner.get(`/v1/contacts?segment=${segment}${more}`)).body.data.map(({ id }) => id);
const someone = (given = {}) => aContact(api.orm.em.fork(), world.accountId, given);
const tag = (contactId: string, named: string) => owner.post(`/v1/contacts/${contactId}/tags`, { tag: named });

test('a segment lists and counts whoever meets it now, with any other filter besides', async () => {
  const [ada, bob] = [await someone({ name: 'Ada' }), await someone({ name: 'Bob' })];
  const { body: segment } = await make('Best', VIP);
  expect(await ids(segment.id)).toEqual([]);

  await tag(ada, 'vip');
  await tag(bob, 'vip');

  expect(new Set(await ids(segment.id))).toEqual(new Set([ada, bob]));
  expect(await ids(segment.id, '&q=bob')).toEqual([bob]);
  expect(await ids(segment.id, '&status=subscribed')).toEqual([]);
  expect((await owner.get(`/v1/contacts/count?segment=${segment.id}`)).body).toEqual({ count: 2, isOver: false });
  await owner.delete(`/v1/contacts/${ada}/tags/vip`);
  expect(await ids(segment.id)).toEqual([bob]);
});

test('whom it would have is counted before it is saved', async () => {
  await tag(await someone(), 'vip');

  const counted = await owner.post('/v1/segments/count', { filters: [VIP] });
  const others = await owner.post('/v1/segments/count', { filters: [{ ...VIP, isNot: true }] });

  expect([counted.body, others.body]).toEqual([
    { count: 1, isOver: false },
    { count: 1, isOver: false },
  ]);
  expect((await owner.get('/v1/segments')).body.data).toEqual([]);
});

test('whoever logs in is active', async () => {
  const contactId = await someone();
  const { body: segment } = await make('Active', { kind: 'active', days: 1 });

  await recordOwn(api.orm.em.fork(), { id: contactId, accountId: world.accountId }, 'login', T0);

  expect(await ids(segment.id)).toEqual([contactId]);
});

test('a name is one segment’s, however it is written', async () => {
  const { body: best } = await make('Best', VIP);
  const { body: other } = await make('Other', VIP);

  expect(await make('BEST', VIP)).toMatchObject({ status: 409, body: { code: 'duplicate', field: 'name' } });
  expect(await owner.put(`/v1/segments/${other.id}`, { name: 'best', filters: [VIP] })).toMatchObject({ status: 409 });
  expect(await owner.put(`/v1/segments/${best.id}`, { name: 'BEST', filters: [VIP] })).toMatchObject({ status: 200 });
});

test('segments that would ask for each other are refused, and nothing changes', async () => {
  const { body: inner } = await make('Inner', VIP);
  const { body: outer } = await make('Outer', { kind: 'segment', segment: inner.id });

  const round = { name: 'Inner', filters: [{ kind: 'segment', segment: outer.id, isNot: true }] };
  const itself = { name: 'Inner', filters: [{ kind: 'segment', segment: inner.id }] };

  for (const body of [round, itself])
    expect(await owner.put(`/v1/segments/${inner.id}`, body)).toMatchObject({
      status: 422,
      body: { field: 'filters' },
    });
  expect((await owner.get(`/v1/segments/${inner.id}`)).body).toEqual(inner);
});

test('what a segment asks for is not deleted', async () => {
  const { body: field } = await owner.post('/v1/contact-fields', { key: 'city', label: 'City', kind: 'text' });
  const { body: inner } = await make('Inner', { kind: 'field', field: 'city', test: 'filled' });
  const { body: outer } = await make('Outer', { kind: 'segment', segment: inner.id });

  expect(await owner.delete(`/v1/segments/${inner.id}`)).toMatchObject({ status: 409, body: { code: 'in_use' } });
  expect(await owner.delete(`/v1/contact-fields/${field.id}`)).toMatchObject({ status: 409, body: { code: 'in_use' } });
  for (const { id } of [outer, inner]) expect((await owner.delete(`/v1/segments/${id}`)).status).toBe(204);
  expect((await owner.delete(`/v1/contact-fields/${field.id}`)).status).toBe(204);
});

test.each([
  ['filters', []],
  ['filters.0.kind', [{ kind: 'shoe_size' }]],
  ['filters.0.field', [{ kind: 'field', field: 'city', test: 'filled' }]],
  ['filters.1.test', [VIP, { kind: 'field', field: 'height', test: 'contains', value: '1' }]],
  ['filters.0.value', [{ kind: 'field', field: 'height', test: 'equals', value: 'tall' }]],
  ['filters.0.value', [{ kind: 'field', field: 'height', test: 'equals' }]],
  ['filters.0.value', [{ kind: 'field', field: 'height', test: 'filled', value: 1 }]],
  ['filters.0.offerId', [{ kind: 'purchase', offerId: '0199a000-0000-7000-8000-0000000000ff' }]],
  ['filters.0.productId', [{ kind: 'access', productId: '0199a000-0000-7000-8000-0000000000ff' }]],
  ['filters.0.segment', [{ kind: 'segment', segment: '0199a000-0000-7000-8000-0000000000ff' }]],
  ['filters.0.days', [{ kind: 'active', days: 0 }]],
  ['filters.0.currency', [{ kind: 'spent', bound: 'at_least', amountMinor: 1, currency: 'EURO' }]],
])('%s is refused where it stands: %j', async (field, filters) => {
  await owner.post('/v1/contact-fields', { key: 'height', label: 'Height', kind: 'number' });

  expect(await owner.post('/v1/segments', { name: 'X', filters })).toMatchObject({ status: 422, body: { field } });
});

test('segments of many filters are refused, with those that they ask for', async () => {
  const many = Array<object>(20).fill(VIP);
  const { body: first } = await make('First', ...many);
  const ask = (id: string) => ({ kind: 'segment', segment: id });
  const { body: second } = await make('Second', ask(first.id), ask(first.id));

  expect((await make('Third', ask(second.id), ask(first.id))).body).toMatchObject({ status: 422, field: 'filters' });
  expect((await make('Twenty-one', ...many, VIP)).status).toBe(422);
});

test('nothing is seen of another account’s segments', async () => {
  const id = await aSegment(api.orm.em.fork(), (await aWorld(api.orm)).accountId);

  expect((await owner.get(`/v1/segments/${id}`)).status).toBe(404);
  expect((await owner.get(`/v1/contacts?segment=${id}`)).status).toBe(422);
  expect(await make('Mine', { kind: 'segment', segment: id })).toMatchObject({ status: 422 });
});

test.each(ROLES)('%s makes and asks for segments unless it is an assistant', async (role) => {
  const id = await aSegment(api.orm.em.fork(), world.accountId);
  const client = api.client(world.keys[role], role === 'operator' ? { 'perennial-account': world.accountId } : {});

  const statuses = [
    await client.get('/v1/segments'),
    await client.get(`/v1/segments/${id}`),
    await client.get(`/v1/contacts?segment=${id}`),
    await client.get(`/v1/contacts/count?segment=${id}`),
    await client.post('/v1/segments/count', { filters: [VIP] }),
    await client.post('/v1/segments', { name: 'Mine', filters: [VIP] }),
    await client.put(`/v1/segments/${id}`, { name: 'Ours', filters: [VIP] }),
    await client.delete(`/v1/segments/${id}`),
  ].map(({ status }) => status);

  expect(statuses).toEqual(role === 'assistant' ? Array(8).fill(403) : [200, 200, 200, 200, 200, 201, 200, 204]);
  expect((await client.get('/v1/contacts?segment=customers')).status).toBe(200);
});
