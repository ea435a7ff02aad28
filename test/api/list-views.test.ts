import { describe, expect, test } from '@jest/globals';
import { aListView } from '../builders/list-views.ts';
import { anAccount } from '../builders/rows.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const OVERDUE = { list: 'purchases', name: 'Overdue', query: { billingStatus: 'past_due', columns: 'customer,paid' } };

const as = (role: keyof typeof world.keys) => api.client(world.keys[role]);
const namesOf = async (client = owner, list = 'purchases'): Promise<string[]> =>
  (await client.get(`/v1/list-views?list=${list}`)).body.data.map((view) => String(Object(view).name));

describe('views of lists', () => {
  test('are kept as they were given, by list and by name', async () => {
    const { status, body } = await owner.post('/v1/list-views', OVERDUE);
    await owner.post('/v1/list-views', { ...OVERDUE, name: 'all', query: {} });
    await owner.post('/v1/list-views', { ...OVERDUE, list: 'contacts', name: 'Vienna' });

    expect({ status, body }).toMatchObject({ status: 201, body: { ...OVERDUE, isShared: false } });
    expect((await owner.get(`/v1/list-views/${body.id}`)).body).toEqual(body);
    expect((await namesOf()).toSorted()).toEqual(['Overdue', 'all']);
    expect(await namesOf(owner, 'contacts')).toEqual(['Vienna']);
  });

  test('of one’s own are nobody else’s, to read, to change or to delete', async () => {
    const { body } = await owner.post('/v1/list-views', OVERDUE);
    const path = `/v1/list-views/${body.id}`;

    for (const other of [as('administrator'), as('support')]) {
      expect(await namesOf(other)).toEqual([]);
      expect(await other.get(path)).toMatchObject({ status: 404 });
      expect(await other.patch(path, { name: 'Mine now' })).toMatchObject({ status: 404 });
      expect(await other.delete(path)).toMatchObject({ status: 404 });
    }
    expect(await namesOf()).toEqual(['Overdue']);
  });

  test('of another account are not there', async () => {
    const { accountId } = await anAccount(api.orm.em.fork(), { name: 'Other' });
    const viewId = await aListView(api.orm.em.fork(), { accountId, name: 'Theirs' });

    expect(await namesOf()).toEqual([]);
    expect(await owner.get(`/v1/list-views/${viewId}`)).toMatchObject({ status: 404 });
    expect(await owner.patch(`/v1/list-views/${viewId}`, { name: 'Ours' })).toMatchObject({ status: 404 });
    expect(await owner.delete(`/v1/list-views/${viewId}`)).toMatchObject({ status: 404 });
  });

  test('that everybody sees are made and changed by owners and administrators', async () => {
    const shared = { ...OVERDUE, isShared: true };
    expect(await as('support').post('/v1/list-views', shared)).toMatchObject({ status: 403 });
    const { body } = await as('administrator').post('/v1/list-views', shared);
    const path = `/v1/list-views/${body.id}`;

    expect(await namesOf(as('support'))).toEqual(['Overdue']);
    expect(await as('support').patch(path, { name: 'Late' })).toMatchObject({ status: 403 });
    expect(await as('support').delete(path)).toMatchObject({ status: 403 });
    expect(await owner.patch(path, { query: { sort: 'nextDue' } })).toMatchObject({
      status: 200,
      body: { name: 'Overdue', isShared: true, query: { sort: 'nextDue' } },
    });
    expect(await owner.delete(path)).toMatchObject({ status: 204 });
    expect(await namesOf(as('support'))).toEqual([]);
  });

  test('are shared, and taken back by whoever does so', async () => {
    const { body } = await owner.post('/v1/list-views', OVERDUE);
    const path = `/v1/list-views/${body.id}`;

    await owner.patch(path, { isShared: true });
    expect(await namesOf(as('support'))).toEqual(['Overdue']);
    await as('administrator').patch(path, { isShared: false });

    expect([await namesOf(), await namesOf(as('administrator'))]).toEqual([[], ['Overdue']]);
    const own = await as('support').post('/v1/list-views', OVERDUE);
    expect(await as('support').patch(`/v1/list-views/${own.body.id}`, { isShared: true })).toMatchObject({
      status: 403,
    });
  });

  test('have one name each among their owner’s of a list, also asked at once', async () => {
    const both = await Promise.all([
      owner.post('/v1/list-views', OVERDUE),
      owner.post('/v1/list-views', { ...OVERDUE, name: 'OVERDUE' }),
    ]);

    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await owner.post('/v1/list-views', { ...OVERDUE, isShared: true })).status).toBe(201);
    expect((await as('support').post('/v1/list-views', OVERDUE)).status).toBe(201);
    expect((await owner.post('/v1/list-views', { ...OVERDUE, list: 'emails' })).status).toBe(201);
  });

  test('are of lists that there are, with names of letters and short texts', async () => {
    const refused = async (change: object) =>
      (await owner.post('/v1/list-views', { ...OVERDUE, ...change })).body.field;

    expect(await refused({ list: 'secrets' })).toBe('list');
    expect(await refused({ name: ' ' })).toBe('name');
    expect(await refused({ query: { q: 'x'.repeat(501) } })).toContain('query');
    expect(await refused({ query: { 'no letters': 'x' } })).toContain('query');
  });
});
