import { expect, test } from '@jest/globals';
import type { Client } from '../api/a-client.ts';
import { aPlatform } from './accounts-that-buy.ts';
import { town, useTown } from './use-town.ts';

useTown();

const KEPT = '/v1/account/kept-content';
const PLAN = '/v1/account/plan';

const makeProducts = async (owner: Client, many: number) => {
  const ids: string[] = [];
  for (let made = 0; made < many; made += 1)
    ids.push((await owner.post('/v1/products', { name: `Course ${made}` })).body.id);
  return ids;
};

const left = async (owner: Client) =>
  (await owner.get('/v1/products?archived=false')).body.data.map(({ id }) => id).toSorted();

test('a plan becomes a larger one at once, and its account has the room at the same instant [R18.2]', async () => {
  const { anAccountOf, shipped, buyFor, site } = await aPlatform(town);
  const account = await anAccountOf();
  const [basic, growth] = [await shipped('Basic', 'month'), await shipped('Growth', 'month')];
  const id = await buyFor(account, basic);
  await makeProducts(account.owner, 3);
  const refused = await account.owner.post('/v1/products', { name: 'More' });

  const asked = { offerId: growth.id };
  const preview = await account.owner.post(PLAN, { ...asked, dryRun: true });
  const key = { 'Idempotency-Key': 'grow' };
  const done = await account.owner.post(PLAN, { ...asked, planHash: preview.body.planHash }, key);
  const again = await account.owner.post(PLAN, { ...asked, planHash: preview.body.planHash }, key);

  expect(refused.body).toMatchObject({ code: 'quota_reached', upgrade: { id: growth.id } });
  expect([preview.status, preview.body.status]).toEqual([200, 'preview']);
  expect([done.status, done.body]).toMatchObject([
    200,
    { status: 'applied', plan: { plan: { offer: { id: growth.id } }, quotas: { products: { limit: 15, used: 3 } } } },
  ]);
  expect([again.status, again.body]).toEqual([200, done.body]);
  expect((await account.owner.post('/v1/products', { name: 'More' })).status).toBe(201);
  const [changed] = (await site.timelineOf(id)).data.filter(({ type }) => type === 'purchase.offer-changed');
  expect(changed?.actor).toMatchObject({ kind: 'api_key' });
});

test('a smaller plan waits for the end of the period, and what is too much for it for a confirmed list [R18.2, R20.3]', async () => {
  const { anAccountOf, shipped, buyFor, site, operator } = await aPlatform(town);
  const account = await anAccountOf();
  const { owner } = account;
  const [basic, growth] = [await shipped('Basic', 'month'), await shipped('Growth', 'month')];
  const id = await buyFor(account, growth);
  const products = await makeProducts(owner, 5);

  const now = await owner.post(PLAN, { offerId: basic.id, when: 'now' });
  const asked = await owner.post(PLAN, { offerId: basic.id });
  expect([now.status, now.body.field]).toEqual([422, 'when']);
  expect(asked.body).toMatchObject({
    plan: { plan: { offer: { id: growth.id }, change: { offer: { id: basic.id }, awaitsContent: true } } },
  });
  await site.moveTo('2027-03-01T09:00:00.000Z');

  // Nobody has confirmed what stays: the higher plan stays and is billed, and both sides are told.
  expect(await site.read(id)).toMatchObject({
    offerId: growth.id,
    payments: [{ amountMinor: 19_900 }, { amountMinor: 19_900 }],
    pendingChange: { offerId: basic.id, at: '2027-03-31T09:00:00.000Z', awaitsContent: true },
  });
  const stays = (await site.emails(id)).filter((line) => line.includes('higher-plan-stays'));
  expect(stays).toEqual([
    '2027-02-28T09:00Z higher-plan-stays to customer',
    '2027-02-28T09:00Z admin-higher-plan-stays to admins',
  ]);

  const kept = products.slice(0, 3).toSorted();
  await owner.put(KEPT, { items: kept.map((product) => ({ kind: 'product', id: product })) });
  const confirmed = await operator.post(`/v1/operator/accounts/${account.accountId}/kept-content/confirmation`, {});
  expect([confirmed.status, confirmed.body.state]).toEqual([200, 'confirmed']);
  expect((await site.read(id)).pendingChange).toMatchObject({ awaitsContent: false });
  expect((await owner.post('/v1/products', { name: 'More' })).body).toMatchObject({ code: 'quota_reached', limit: 3 });
  expect(await left(owner)).toHaveLength(5);
  await site.moveTo('2027-04-01T09:00:00.000Z');

  expect(await site.read(id)).toMatchObject({ offerId: basic.id, nextCharge: { amountMinor: 14_900 } });
  expect(await left(owner)).toEqual(kept);

  // With the next upgrade everything is back by itself.
  await owner.post(PLAN, { offerId: growth.id });
  expect(await left(owner)).toEqual(products.toSorted());
});

test('a change that waits is taken back, and one that fits is scheduled at once [R18.2]', async () => {
  const { anAccountOf, shipped, buyFor, site } = await aPlatform(town);
  const account = await anAccountOf();
  const [basic, growth] = [await shipped('Basic', 'month'), await shipped('Growth', 'month')];
  const id = await buyFor(account, growth);
  const products = await makeProducts(account.owner, 4);

  await account.owner.post(PLAN, { offerId: basic.id });
  const undone = await account.owner.post(`${PLAN}/undo-change`, {});
  await account.owner.post(`/v1/products/${products[0]}/archive`);
  const planned = await account.owner.post(PLAN, { offerId: basic.id });

  expect(undone.body).toMatchObject({ status: 'applied', plan: { plan: { change: null } } });
  expect(planned.body).toMatchObject({ plan: { plan: { change: { awaitsContent: false } } } });
  await site.moveTo('2027-03-01T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ offerId: basic.id, payments: [{}, { amountMinor: 14_900 }] });
});

test('an account whose plan has ended keeps what it has, makes no more, and buys a plan again [R18.2]', async () => {
  const { anAccountOf, shipped, buyFor, paid, site } = await aPlatform(town);
  const account = await anAccountOf();
  const basic = await shipped('Basic', 'month');
  const id = await buyFor(account, basic);
  await makeProducts(account.owner, 2);
  await site.ask(id, 'cancel', { when: 'now' });

  const refused = await account.owner.post('/v1/products', { name: 'More' });
  const offered = await account.owner.get(PLAN);
  const begun = await account.owner.post(PLAN, { offerId: basic.id });
  await paid(begun.body);

  expect([refused.status, refused.body.code]).toEqual([409, 'no_plan']);
  expect(await left(account.owner)).toHaveLength(2);
  expect(offered.body).toMatchObject({ plan: { status: 'canceled' }, choices: Array(6).fill({ when: 'now' }) });
  expect(begun.body).toMatchObject({ status: 'to_pay', url: expect.any(String) });
  expect((await account.owner.post('/v1/products', { name: 'More' })).status).toBe(201);
});
