import { describe, expect, test } from '@jest/globals';
import { aWorld } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

const change = (body: object) => owner.patch('/v1/settings', body);

describe('the settings of a site', () => {
  test('name it and say how it looks; null takes back what was said', async () => {
    const look = {
      siteName: 'Linden Studio',
      supportEmail: 'hello@linden.example',
      color: '#A8452A',
      logoUrl: 'https://linden.example/logo.png',
      postalAddress: 'Lindengasse 12\n1070 Vienna',
      termsUrl: 'https://linden.example/terms',
      privacyUrl: 'https://linden.example/privacy',
    };

    const told = await change(look);
    const taken = await change({ logoUrl: null });

    expect(told.body).toMatchObject({ ...look, color: '#a8452a', receipts: 'all' });
    expect(taken.body).toMatchObject({ ...look, color: '#a8452a', logoUrl: null });
    expect((await owner.get('/v1/account')).body).toMatchObject({ name: 'Linden Studio' });
    const offer = await owner.get(`/v1/public/offers/${world.offerId}`);
    expect(offer.body.site).toMatchObject({ name: 'Linden Studio', termsUrl: look.termsUrl });
  });

  test.each([
    ['logoUrl', 'http://linden.example/logo.png'],
    ['logoUrl', 'javascript:alert(1)'],
    ['termsUrl', 'https://who:what@linden.example'],
    ['color', 'red'],
    ['color', '#fff;background:url(//x)'],
    ['supportEmail', 'nobody'],
    ['siteName', ' '],
    ['slug', 'ab'],
    ['slug', 'a--b'],
    ['slug', '-abc'],
    ['slug', 'abc/def'],
    ['slug', 'straße'],
    ['slug', 'admin'],
  ])('refuse %s %j', async (field, value) => {
    const refused = await change({ [field]: value });

    expect({ status: refused.status, field: refused.body.field }).toEqual({ status: 422, field });
  });

  test('an address is one site’s alone, old ones too', async () => {
    const { slug: first } = (await owner.get('/v1/settings')).body;
    const moved = await change({ slug: ` New-${first} ` });
    const other = api.client((await aWorld(api.orm)).keys.owner);

    const taken = [first, `new-${first}`].map((slug) => other.patch('/v1/settings', { slug }));
    const back = await change({ slug: first });

    expect(moved.body).toMatchObject({ slug: `new-${first}`, siteUrl: expect.stringMatching(`/s/new-${first}$`) });
    for (const { status, body } of await Promise.all(taken))
      expect({ status, field: body.field }).toEqual({ status: 422, field: 'slug' });
    expect(back.body.slug).toBe(first);
  });

  test('a site may have had ten addresses', async () => {
    const { slug } = (await owner.get('/v1/settings')).body;
    for (let place = 1; place < 10; place += 1) expect((await change({ slug: `${slug}-${place}` })).status).toBe(200);

    const refused = await change({ slug: `${slug}-10` });

    expect({ status: refused.status, field: refused.body.field }).toEqual({ status: 422, field: 'slug' });
    expect((await owner.get('/v1/settings')).body.slug).toBe(`${slug}-9`);
    expect((await change({ slug: `${slug}-1` })).status).toBe(200);
  });
});

describe('what customers see of what is sold', () => {
  test('is said of a product and of an offer, and taken back', async () => {
    const shown = { description: 'Lines.\n\nThen shadows.', imageUrl: 'https://linden.example/a.png' };
    const url = 'https://linden.example/course';

    const product = await owner.patch(`/v1/products/${world.productId}`, { ...shown, url });
    const offer = await owner.patch(`/v1/offers/${world.offerId}`, shown);
    const bare = await owner.patch(`/v1/products/${world.productId}`, { url: null });
    const refused = await owner.patch(`/v1/products/${world.productId}`, { url: 'http://linden.example' });

    expect(product.body).toMatchObject({ ...shown, url, name: 'Course' });
    expect(offer.body).toMatchObject(shown);
    expect((await owner.get(`/v1/public/offers/${world.offerId}`)).body).toMatchObject(shown);
    expect(bare.body).toMatchObject({ ...shown, url: null });
    expect({ status: refused.status, field: refused.body.field }).toEqual({ status: 422, field: 'url' });
  });
});
