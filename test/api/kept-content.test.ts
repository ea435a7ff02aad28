import { beforeEach, describe, expect, test } from '@jest/globals';
import { Product } from '../../db/entities/product.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { followEntitlements } from '../../db/platform/follow-entitlements.ts';
import { entitlementOf } from '../../workflows/domain/quotas.ts';
import { aPlanSeller, soldTo } from './a-plan.ts';
import { T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

const KEPT = '/v1/account/kept-content';
const CONFIRMATION = () => `/v1/operator/accounts/${world.accountId}/kept-content/confirmation`;
const SMALL = { products: 2, pipelines: 1 };
const confirm = (body: object = {}) => api.client(world.keys.operator).post(CONFIRMATION(), body);

let planId: string;
let made: string[];
beforeEach(async () => {
  const seller = await aPlanSeller(api.orm, SMALL, { products: 10 });
  planId = await soldTo(seller, seller.growth, world.accountId);
  made = [];
  for (const name of ['Drawing', 'Painting', 'Etching']) {
    made.push((await owner.post('/v1/products', { name })).body.id);
    await owner.put(`/v1/content/pipeline/${name}`);
  }
});

const gives = (quotas: object) =>
  api.orm.em.fork().nativeUpdate(Purchase, { id: planId }, { entitlement: entitlementOf({ quotas: { ...quotas } }) });
const follow = () => api.orm.em.fork().transactional((tx) => followEntitlements(tx, world.accountId, T0));
const keep = (...ids: string[]) => owner.put(KEPT, { items: ids.map((id) => ({ kind: 'product', id })) });

async function left() {
  const products = await api.orm.em.fork().find(Product, { accountId: world.accountId, archivedAt: null });
  const { data } = (await owner.get('/v1/content/pipeline?archived=false')).body;
  return { products: products.map(({ id }) => id).toSorted(), pipelines: data.length };
}

describe('content that is more than the plan has room for [R20.3]', () => {
  test('stays until the account’s list is confirmed, and meanwhile no more can be made', async () => {
    await gives(SMALL);
    await follow();

    expect((await left()).products).toHaveLength(4);
    expect((await owner.post('/v1/products', { name: 'More' })).body.code).toBe('quota_reached');
    expect((await owner.get(KEPT)).body).toMatchObject({
      state: 'unlisted',
      excess: [
        { quota: 'pipelines', limit: 1, used: 3 },
        { quota: 'products', limit: 2, used: 4 },
      ],
      items: [],
    });
  });

  test('is archived but for what is kept, once an operator has confirmed it, and comes back with more room', async () => {
    await gives(SMALL);
    const listed = await keep(made[0]!, world.productId);

    const byOwner = await owner.post(CONFIRMATION(), {});
    const confirmed = await confirm({ listedAt: listed.body.listedAt });

    expect([listed.body.state, byOwner.status, confirmed.status]).toEqual(['unconfirmed', 403, 200]);
    expect(confirmed.body).toMatchObject({ state: 'fits', excess: [], usedAt: expect.any(String) });
    expect(await left()).toEqual({ products: [made[0], world.productId].toSorted(), pipelines: 0 });

    await gives({ products: 3 });
    await follow();
    expect(await left()).toEqual({
      products: [expect.any(String), expect.any(String), expect.any(String)],
      pipelines: 3,
    });
    await gives({});
    await gives({ products: 10 });
    await follow();
    expect((await left()).products).toEqual([...made, world.productId].toSorted());
  });

  test('leaves what an admin has archived by hand where it is', async () => {
    await owner.post(`/v1/products/${made[0]}/archive`);

    await follow();

    expect((await left()).products).not.toContain(made[0]);
  });

  test('is listed as it is: a list that is too long, changed meanwhile, or of what is not there is refused', async () => {
    await gives(SMALL);
    const tooMany = await keep(...made);
    const refused = await confirm();
    await keep(made[0]!);
    const outdated = await confirm({ listedAt: '2020-01-01T00:00:00.000Z' });

    expect([tooMany.body.state, refused.body.code, outdated.body.code]).toEqual([
      'too_much',
      'wrong_state',
      'state_moved',
    ]);
    expect((await owner.put(KEPT, { items: [{ kind: 'course', id: 'none' }] })).body.field).toBe('items.0');
    expect((await left()).products).toHaveLength(4);
  });

  test('counts once: the next time the account makes another list', async () => {
    await gives(SMALL);
    await keep(made[0]!, made[1]!);
    await confirm();
    await gives({ products: 10, pipelines: 10 });
    await follow();

    await gives(SMALL);
    await follow();

    expect((await left()).products).toHaveLength(4);
    expect((await confirm()).body.code).toBe('wrong_state');
  });
});
