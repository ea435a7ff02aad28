import { describe, expect, test } from '@jest/globals';
import { aPurchase, aWorld } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

const ids = async (path: string): Promise<string[]> => (await owner.get(path)).body.data.map(({ id }) => id);

describe('an offer', () => {
  test('carries the names of its products, in its own order, and is found by one of them', async () => {
    const { body: second } = await owner.post('/v1/products', { name: 'Second' });
    const productIds = [second.id, world.productId];
    const { body: bundle } = await owner.post('/v1/offers', { name: 'Both', productIds, price: { kind: 'free' } });

    expect(bundle).toMatchObject({
      products: [{ id: second.id, name: 'Second', archivedAt: null }, { name: 'Course' }],
    });
    expect(await ids(`/v1/offers?productId=${second.id}`)).toEqual([bundle.id]);
    expect(await ids(`/v1/offers?productId=${world.productId}`)).toEqual([bundle.id, world.offerId]);
  });

  test('says what archiving would leave as it is, before it is archived [R4.4]', async () => {
    await aPurchase(api.orm, world);

    const offer = await owner.get(`/v1/offers/${world.offerId}/going-on`);
    const product = await owner.get(`/v1/products/${world.productId}/going-on`);

    expect(offer).toMatchObject({ status: 200, body: { livePurchases: 1, purchasesWithAccess: 1 } });
    expect(product).toMatchObject({ status: 200, body: { livePurchases: 1, purchasesWithAccess: 1 } });
    expect(await ids('/v1/offers?archived=false')).toEqual([world.offerId]);
  });

  test('comes back from the archive, and can be bought again', async () => {
    await owner.post(`/v1/offers/${world.offerId}/archive`);
    const buy = () => owner.post('/v1/checkouts', { offerId: world.offerId, email: 'bob@example.com' });
    expect((await buy()).body.code).toBe('archived');
    expect(await ids('/v1/offers?archived=true')).toEqual([world.offerId]);

    const back = await owner.post(`/v1/offers/${world.offerId}/unarchive`);

    expect(back).toMatchObject({ status: 200, body: { id: world.offerId, archivedAt: null } });
    expect((await buy()).status).toBe(201);
  });

  test('keeps a product that was archived since, but takes no other archived one', async () => {
    const { body: gone } = await owner.post('/v1/products', { name: 'Gone' });
    await owner.post(`/v1/products/${gone.id}/archive`);
    await owner.post(`/v1/products/${world.productId}/archive`);
    const path = `/v1/offers/${world.offerId}`;

    const kept = await owner.patch(path, { name: 'Renamed', productIds: [world.productId] });
    const added = await owner.patch(path, { productIds: [world.productId, gone.id] });

    expect(kept).toMatchObject({ status: 200, body: { name: 'Renamed' } });
    expect(added).toMatchObject({ status: 422, body: { code: 'unknown_product', field: 'productIds' } });
    expect(await ids('/v1/products?archived=true')).toEqual([gone.id, world.productId]);
    expect((await owner.post(`/v1/products/${gone.id}/unarchive`)).body).toMatchObject({ archivedAt: null });
    expect((await owner.patch(path, { productIds: [world.productId, gone.id] })).status).toBe(200);
  });

  test('of another account is not found, not even to be counted', async () => {
    const other = api.client((await aWorld(api.orm)).keys.owner);

    const answers = await Promise.all([
      other.get(`/v1/offers/${world.offerId}/going-on`),
      other.post(`/v1/offers/${world.offerId}/unarchive`),
      other.get(`/v1/products/${world.productId}/going-on`),
      other.post(`/v1/products/${world.productId}/unarchive`),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await other.get(`/v1/offers?productId=${world.productId}`)).body.data).toEqual([]);
  });
});
