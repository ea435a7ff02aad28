import { beforeEach, describe, expect, test } from '@jest/globals';
import { Offer } from '../../db/entities/offer.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { recordOwn } from '../../db/people/activity.ts';
import { aContact, T0 } from '../builders/rows.ts';
import { aPlanSeller, soldTo } from './a-plan.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();

type Seller = Awaited<ReturnType<typeof aPlanSeller>>;
let seller: Seller;
beforeEach(async () => {
  seller = await aPlanSeller(api.orm, { products: 2, pipelines: 1, admins: 2, contacts: 3 }, { products: 10 });
});

const plan = () => soldTo(seller, seller.basic, world.accountId);
const makeProduct = (name = 'Drawing') => owner.post('/v1/products', { name });
const put = (kind: string, id: string, body?: object) => owner.put(`/v1/content/${kind}/${id}`, body ?? {});

describe('an account without a plan', () => {
  test('makes as much as it likes [R18.2]', async () => {
    const made = [await makeProduct(), await makeProduct(), await put('pipeline', 'a'), await put('pipeline', 'b')];

    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  });
});

describe('beyond a quota of the plan [R18.2]', () => {
  test('making another product is 409, with the quota, its use, and the plan that would do', async () => {
    await plan();

    const statuses = [(await makeProduct()).status, (await makeProduct()).status];
    const { status, body } = await makeProduct();

    expect([...statuses, status]).toEqual([201, 409, 409]);
    expect(body).toMatchObject({
      code: 'quota_reached',
      quota: 'products',
      limit: 2,
      used: 2,
      upgrade: { id: seller.growth, name: 'Growth' },
    });
  });

  test('what is archived makes room, and comes back only where there is some', async () => {
    await plan();
    const { id } = (await makeProduct()).body;

    await owner.post(`/v1/products/${id}/archive`);
    const another = await makeProduct();
    const back = await owner.post(`/v1/products/${id}/unarchive`);

    expect([another.status, back.status, back.body.code]).toEqual([201, 409, 'quota_reached']);
  });

  test('content, admins and contacts made by hand are refused alike, and what is not named is not limited', async () => {
    await plan();
    const admin = (name: string) => owner.post('/v1/admins', { email: `${name}@example.com`, role: 'support' });
    const contact = (name: string) => owner.post('/v1/contacts', { email: `${name}@example.com` });

    const made = [
      [await put('pipeline', 'launch'), await put('pipeline', 'spring')],
      [await admin('grace'), await admin('emmy')],
      [await contact('grace'), await contact('emmy'), await contact('mary')],
      [await put('website', 'a'), await put('website', 'b')],
    ];
    const granted = await owner.post('/v1/grants', { offerId: world.offerId, email: 'new@example.com' });

    expect(made.map((of) => of.map(({ status }) => status))).toEqual([
      [201, 409],
      [201, 409],
      [201, 201, 409],
      [201, 201],
    ]);
    expect(made.slice(0, 3).map((of) => of.at(-1)?.body)).toMatchObject([
      { quota: 'pipelines' },
      { quota: 'admins' },
      { quota: 'contacts' },
    ]);
    expect(granted.status).toBe(202);
  });

  test('of two who make the last one at once, one wins', async () => {
    await plan();
    await put('pipeline', 'gone');
    await owner.delete('/v1/content/pipeline/gone');

    const rounds = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((id) => put('pipeline', id).then(({ status }) => status)),
    );
    const products = await Promise.all([makeProduct(), makeProduct(), makeProduct()]);

    expect(rounds.toSorted()).toEqual([201, 409, 409, 409, 409]);
    expect(products.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });

  test('the add-on doubles it at once', async () => {
    await plan();
    await soldTo(seller, seller.access, world.accountId);

    const statuses = [];
    for (let made = 0; made < 4; made += 1) statuses.push((await makeProduct()).status);

    expect(statuses).toEqual([201, 201, 201, 409]);
  });

  test('it follows access: a plan that is revoked, suspended or over makes nothing more, and takes nothing', async () => {
    const id = await plan();
    const codes = [];
    for (const change of [
      { accessStatus: 'none' },
      { accessStatus: 'full', accessUntil: '2020-01-01T00:00:00.000Z' },
    ] as const) {
      await api.orm.em.fork().nativeUpdate(Purchase, { id }, change);
      codes.push((await makeProduct()).body.code);
    }

    expect(codes).toEqual(['no_plan', 'no_plan']);
    expect((await owner.get('/v1/products')).body.data).toHaveLength(1);
  });
});

describe('what an account has [R18.3, R18.4]', () => {
  test('is read by everybody in it: features, quotas with their use, and until when', async () => {
    const before = await owner.get('/v1/account/features');
    const id = await plan();
    await soldTo(seller, seller.access, world.accountId);
    const accessUntil = '2999-01-31T09:00:00.000Z';
    await api.orm.em.fork().nativeUpdate(Purchase, { id }, { accessUntil });

    const { status, body } = await api.client(world.keys.assistant).get('/v1/account/features');

    expect(before.body).toEqual({ features: [], quotas: {}, until: null, plan: 'none' });
    expect([status, body]).toEqual([
      200,
      {
        features: ['code_editor', 'pipelines'],
        quotas: {
          products: { limit: 4, used: 1 },
          pipelines: { limit: 2, used: 0 },
          admins: { limit: 4, used: 1 },
          contacts: { limit: 6, used: 1 },
        },
        until: accessUntil,
        plan: 'live',
      },
    ]);
  });

  test('counts active customers where the plan is read [R18.3]', async () => {
    const em = api.orm.em.fork();
    await em.nativeUpdate(Offer, { id: seller.basic }, { quotas: { activeCustomers: 1_000 } });
    await plan();
    const contactId = await aContact(em, world.accountId, { customerSince: T0 });
    for (const kind of ['login', 'commented'] as const)
      await recordOwn(em, { id: contactId, accountId: world.accountId }, kind, T0);

    const answers = [await owner.get('/v1/account/plan'), await owner.get('/v1/account/features')];

    expect(answers.map(({ body }) => body)).toMatchObject([
      { quotas: { activeCustomers: { limit: 1_000, used: 1 } } },
      { quotas: { activeCustomers: { limit: 1_000, used: null } } },
    ]);
  });

  test('is its plan too: what it costs, what is charged next, and what it may become', async () => {
    const before = await owner.get('/v1/account/plan');
    const purchaseId = await plan();

    const { body } = await owner.get('/v1/account/plan');

    expect(before.body).toMatchObject({ plan: null, choices: [{ name: 'Basic' }, { name: 'Growth' }] });
    expect(body).toMatchObject({
      features: ['pipelines'],
      quotas: { products: { limit: 2, used: 1 } },
      plan: {
        purchaseId,
        offer: { id: seller.basic, name: 'Basic' },
        status: 'active',
        change: null,
      },
      choices: [{ id: seller.growth, name: 'Growth', when: 'now', quotas: { products: 10 }, features: [] }],
    });
    expect((await api.client(world.keys.assistant).get('/v1/account/plan')).status).toBe(403);
  });
});

describe('content [R18.2]', () => {
  test('is registered by the ids of the site’s product, changed, listed and gone', async () => {
    const made = await put('course', 'drawing-101', { name: 'Drawing', url: 'https://example.com/drawing' });
    const again = await put('course', 'drawing-101', { name: 'Drawing I' });

    expect([made.status, again.status]).toEqual([201, 200]);
    expect(again.body).toMatchObject({
      kind: 'course',
      id: 'drawing-101',
      name: 'Drawing I',
      url: 'https://example.com/drawing',
    });
    expect((await owner.get('/v1/content/course/drawing-101')).body).toEqual(again.body);
    expect((await owner.get('/v1/content/course')).body.data).toEqual([again.body]);
    expect((await owner.delete('/v1/content/course/drawing-101')).status).toBe(204);
    expect((await owner.get('/v1/content/course/drawing-101')).status).toBe(404);
  });

  test('of the kind product is read here, and made where products are', async () => {
    const { data } = (await owner.get('/v1/content/product')).body;

    expect(data).toMatchObject([{ kind: 'product', id: world.productId, name: 'Course' }]);
    expect((await owner.get(`/v1/content/product/${world.productId}`)).body).toEqual(data[0]);
    expect((await put('product', 'x')).status).toBe(409);
    expect((await put('admin', 'x')).status).toBe(404);
    expect((await guest.get('/v1/content/product')).status).toBe(401);
  });
});
