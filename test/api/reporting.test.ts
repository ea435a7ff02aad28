import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { activityReporter } from '../../clients/activity.ts';
import { activityToken } from '../../db/people/activity-token.ts';
import { addDays, fromMs } from '../../workflows/domain/instant.ts';
import { aContact, anOffer, T0 } from '../builders/rows.ts';
import { SECRET_KEY } from './an-api.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

useApi();
afterEach(() => {
  jest.restoreAllMocks();
});

type Done = { kind: string; at: string }[];
const doneBy = async (id: string) =>
  (await owner.get(`/v1/contacts/${id}/activity?limit=200`)).body.data as unknown as Done;
const tokenFor = async (id: string) => (await owner.post(`/v1/contacts/${id}/activity-token`)).body.token;
const fromPage = (token: string, data: object[]) =>
  guest.send('POST', `/v1/public/activity/${token}`, {
    body: JSON.stringify({ data }),
    headers: { 'content-type': 'text/plain;charset=UTF-8', origin: 'https://product.example' },
  });

test('a thousand activities, each with all that it may say, are taken at once', async () => {
  const { productIds } = await anOffer(api.orm.em.fork(), world.accountId);
  const data = Array.from({ length: 1_000 }, (_, n) => ({
    id: `lesson-${n}-${uuid()}`,
    contactId: world.contactId,
    kind: 'lesson_completed',
    at: T0,
    productId: productIds[0],
    lessonId: `light-and-shade-${n}`,
  }));

  expect((await owner.post('/v1/activity', { data })).body).toMatchObject({ recorded: 1_000, refused: [] });
});

describe('from a page of the product', () => {
  test('what one person does is taken from any site, counts once, and is of that person alone', async () => {
    const token = await tokenFor(world.contactId);
    const other = await aContact(api.orm.em.fork(), world.accountId);
    const done = [
      { id: 'a', kind: 'commented', agoMs: 60_000 },
      { id: 'b', kind: 'posted' },
    ];

    const taken = await fromPage(token, done);
    expect(taken).toMatchObject({ status: 200, body: { recorded: 2, repeated: 0 } });
    expect(taken.headers.get('access-control-allow-origin')).toBe('*');
    expect((await fromPage(token, done)).body).toMatchObject({ recorded: 0, repeated: 2 });
    expect((await fromPage(await tokenFor(other), done)).body).toMatchObject({ recorded: 2 });
    const minuteAgo = fromMs(Date.parse(T0) - 60_000);
    expect((await doneBy(world.contactId)).map(({ kind, at }) => [kind, at])).toEqual([
      ['posted', T0],
      ['commented', minuteAgo],
    ]);
  });

  test('it cannot report a login, nor under an id that a server is going to use', async () => {
    const token = await tokenFor(world.contactId);
    expect((await fromPage(token, [{ id: 'a', kind: 'login' }])).status).toBe(422);
    await fromPage(token, [{ id: 'mine', kind: 'commented' }]);

    const mine = { id: 'mine', contactId: world.contactId, kind: 'commented', at: T0 };
    expect((await owner.post('/v1/activity', { data: [mine] })).body).toMatchObject({ recorded: 1 });
  });

  test('a token that nobody of us made, or of yesterday, opens nothing', async () => {
    const now = fromMs(Date.now());
    const until = addDays(now, 1);
    const [forged, over] = [
      activityToken(world.contactId, until, 'another-key-of-32-characters-or-more'),
      activityToken(world.contactId, addDays(now, -1), SECRET_KEY[0]),
    ];
    const stretched = over.replace(/\.\d+\./, `.${Date.parse(until)}.`);

    for (const token of [forged, over, stretched])
      expect((await fromPage(token, [{ id: 'a', kind: 'posted' }])).status).toBe(404);
  });
});

describe('the client for servers', () => {
  const dropped: [string, string][] = [];
  const reporter = () => {
    dropped.length = 0;
    const onDropped = (id: string, why: string) => void dropped.push([id, why]);
    return activityReporter({ url: api.url, apiKey: world.keys.support, waitMs: 1, onDropped });
  };

  test('sends what is reported together, each once, though an answer was lost', async () => {
    const { fetch: real } = globalThis;
    const asked = jest.spyOn(globalThis, 'fetch').mockImplementationOnce(async (...request) => {
      await real(...request);
      throw new Error('the connection was lost');
    });
    const activity = reporter();
    for (let n = 0; n < 30; n += 1) activity.report({ contactId: world.contactId, kind: 'posted', at: T0 });

    await activity.flush();
    await activity.flush();

    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockRestore();
    expect(await doneBy(world.contactId)).toHaveLength(30);
    expect(dropped).toEqual([]);
  });

  test('what is not as it must be keeps no other out, and is named', async () => {
    const activity = reporter();
    for (const kind of ['posted', 'jumped', 'commented', 'quiz_taken'])
      activity.report({ id: kind, contactId: world.contactId, kind, at: T0 });
    activity.report({ id: 'nobody', contactId: uuid(), kind: 'posted', at: T0 });

    await activity.flush();

    expect((await doneBy(world.contactId)).map(({ kind }) => kind).sort()).toEqual([
      'commented',
      'posted',
      'quiz_taken',
    ]);
    expect(dropped.map(([id]) => id).sort()).toEqual(['jumped', 'nobody']);
  });
});
