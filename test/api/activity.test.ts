import { describe, expect, test } from '@jest/globals';
import { aContact, anAccount, anOffer, T0 } from '../builders/rows.ts';
import { fromMs, toMs } from '../../workflows/domain/instant.ts';
import { keepUsageOfAll } from '../../worker/keep-usage.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const NOW = T0;
const HOUR_MS = 3_600_000;
const at = (hours: number): string => fromMs(toMs(NOW) + hours * HOUR_MS);
const someone = (given: object = {}) => aContact(api.orm.em.fork(), world.accountId, given);
const aCustomer = () => someone({ customerSince: T0 });

let last = 0;
const one = (contactId: string, kind: string, when = at(-1), more: object = {}) => {
  last += 1;
  return { id: `mine-${last}`, contactId, kind, at: when, ...more };
};
type Taken = { recorded: number; repeated: number; refused: { id: string; reason: string }[] };
const report = async (...data: object[]) => (await owner.post('/v1/activity', { data })).body as unknown as Taken;
const summaryOf = async (id: string) => (await owner.get(`/v1/contacts/${id}/activity/summary`)).body;

describe('what people do', () => {
  test('counts once, however often and in whatever order it is reported', async () => {
    const id = await aCustomer();
    const [login, viewed] = [one(id, 'login', at(-2)), one(id, 'commented', at(-3))];

    expect(await report(login, viewed)).toEqual({ recorded: 2, repeated: 0, refused: [] });
    expect(await report(viewed, { ...login, at: at(-1) })).toEqual({ recorded: 0, repeated: 2, refused: [] });
    expect(await report(one(id, 'login', at(-50)))).toMatchObject({ recorded: 1 });

    const { body } = await owner.get(`/v1/contacts/${id}/activity`);
    expect((body.data as unknown as { kind: string; at: string }[]).map((done) => [done.kind, done.at])).toEqual([
      ['login', at(-2)],
      ['commented', at(-3)],
      ['login', at(-50)],
    ]);
    expect(await summaryOf(id)).toMatchObject({ lastActivityAt: at(-2), lastLoginAt: at(-2), isActive: true });
  });

  test('is taken together by many at once, each of it once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, aCustomer));
    const all = people.flatMap((id) => [one(id, 'login'), one(id, 'posted')]);
    const shuffled = [all, all.toReversed(), all.toSorted((a, b) => (a.contactId < b.contactId ? 1 : -1))];

    const answers = await Promise.all(shuffled.map((some) => report(...some)));

    const sum = answers.reduce((total, { recorded }) => total + recorded, 0);
    expect(sum).toBe(40);
  });

  test('of nobody that we know, of another account or ahead of our clock is refused alone', async () => {
    const id = await someone();
    const { accountId } = await anAccount(api.orm.em.fork(), { name: 'Other' });
    const theirs = await aContact(api.orm.em.fork(), accountId);
    const { productIds } = await anOffer(api.orm.em.fork(), accountId);
    const [stranger, product, early, good] = [
      one(theirs, 'login'),
      one(id, 'course_completed', at(-1), { productId: productIds[0] }),
      one(id, 'login', at(1)),
      one(id, 'login', fromMs(toMs(NOW) + 60_000)),
    ];

    const taken = await report(stranger, product, early, good);

    expect(taken.recorded).toBe(1);
    expect(new Map(taken.refused.map((each) => [each.id, each.reason]))).toEqual(
      new Map([
        [stranger.id, 'unknown_contact'],
        [product.id, 'unknown_product'],
        [early.id, 'in_future'],
      ]),
    );
    expect(await summaryOf(id)).toMatchObject({ lastLoginAt: NOW, isActive: false, activeUntil: null });
  });

  test('names its lesson exactly where it is about one, and no id twice', async () => {
    const id = await someone();
    const twice = one(id, 'login');

    const answers = [
      await owner.post('/v1/activity', { data: [one(id, 'lesson_viewed')] }),
      await owner.post('/v1/activity', { data: [one(id, 'login', at(-1), { lessonId: 'a' })] }),
      await owner.post('/v1/activity', { data: [twice, twice] }),
      await owner.post('/v1/activity', { data: [] }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
  });
});

describe('lessons', () => {
  test('are where they were first viewed and first completed, whatever is heard later', async () => {
    const id = await aCustomer();
    const { productIds } = await anOffer(api.orm.em.fork(), world.accountId);
    const product = { productId: productIds[0] };
    const about = (kind: string, when: string, lessonId?: string) =>
      one(id, kind, when, { ...product, ...(lessonId && { lessonId }) });

    await report(about('lesson_completed', at(-5), 'intro'), about('lesson_viewed', at(-3), 'light'));
    await report(about('lesson_viewed', at(-9), 'intro'), about('lesson_completed', at(-2), 'intro'));
    await report(about('course_completed', at(-1)));

    const { body } = await owner.get(`/v1/contacts/${id}/progress`);
    expect(body.data).toEqual([
      {
        ...product,
        productName: expect.any(String),
        lastAt: at(-1),
        completedAt: at(-1),
        lessons: [
          { lessonId: 'light', viewedAt: at(-3), completedAt: null },
          { lessonId: 'intro', viewedAt: at(-9), completedAt: at(-5) },
        ],
      },
    ]);
  });
});

describe('active customers', () => {
  const usage = async () => (await owner.get('/v1/account/usage')).body as unknown as { activeCustomers: number };

  test('are those who logged in and did something else within 30 days, to the second', async () => {
    const before = (await usage()).activeCustomers;
    const edge = fromMs(toMs(NOW) - 30 * 24 * HOUR_MS);
    const within = fromMs(toMs(edge) + 1_000);
    const [active, loggedIn, commented, stranger, ceased] = await Promise.all([
      aCustomer(),
      aCustomer(),
      aCustomer(),
      someone(),
      aCustomer(),
    ]);

    await report(
      one(active, 'login', within),
      one(active, 'posted'),
      one(loggedIn, 'login'),
      one(commented, 'commented'),
      one(stranger, 'login'),
      one(stranger, 'posted'),
      one(ceased, 'login', edge),
      one(ceased, 'posted'),
    );

    expect(await usage()).toEqual({ activeCustomers: before + 1, limit: null, asOf: NOW });
    expect(await summaryOf(active)).toMatchObject({ isActive: true, activeUntil: fromMs(toMs(NOW) + 1_000) });
    expect(await summaryOf(ceased)).toMatchObject({ isActive: false, activeUntil: null });
  });

  test('are counted from the moment they become customers, and no longer when they are erased', async () => {
    const before = (await usage()).activeCustomers;
    const id = await someone();
    await report(one(id, 'login'), one(id, 'quiz_taken'));
    expect((await usage()).activeCustomers).toBe(before);

    const set = (column: string) =>
      api.orm.em.fork().execute(`update contacts set ${column} = ? where id = ?`, [T0, id]);
    await set('customer_since');
    expect((await usage()).activeCustomers).toBe(before + 1);
    await set('erased_at');
    expect((await usage()).activeCustomers).toBe(before);
  });

  test('are kept day by day, once a day, with what the plan allowed', async () => {
    await report(one(await aCustomer(), 'login'));

    await Promise.all([keepUsageOfAll({ orm: api.orm }), keepUsageOfAll({ orm: api.orm })]);

    const { activeCustomers } = await usage();
    const day = NOW.slice(0, 10);
    expect((await owner.get('/v1/account/usage/days')).body.data).toEqual([
      { day, activeCustomers, limit: null, asOf: NOW },
    ]);
    expect((await owner.get(`/v1/account/usage/days?from=2020-01-01&to=${day}`)).status).toBe(422);
  });
});
