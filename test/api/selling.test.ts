import { beforeEach, describe, expect, test } from '@jest/globals';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { aPurchase, endCommand } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi({ waitMs: 300 });
beforeEach(async () => {
  api.onLook(async (_id, rowId) => endCommand(api.orm, rowId ?? ''));
  api.stripe.isAway = false;
  api.stripe.gone.clear();
  api.stripe.calls.length = 0;
  api.stripe.checkouts.length = 0;
});

describe('offers and products', () => {
  test('are made, read, changed and archived; archiving says what goes on [R4.4]', async () => {
    await aPurchase(api.orm, world);
    const product = await owner.post('/v1/products', { name: ' Second ' });
    const price = { kind: 'subscription', amountMinor: 29000, currency: 'usd', interval: 'year', trialDays: 14 };
    const offer = await owner.post('/v1/offers', { name: 'Yearly', productIds: [product.body.id], price });

    expect(product).toMatchObject({ status: 201, body: { name: 'Second', archivedAt: null } });
    expect(offer.body).toMatchObject({ refundWindowDays: 30, accessDays: null, price: { ...price, setupFeeMinor: 0 } });
    const changed = await owner.patch(`/v1/offers/${offer.body.id}`, { accessDays: 90 });
    expect(changed.body).toMatchObject({ accessDays: 90, name: 'Yearly' });
    const named = { productIds: [product.body.id], price, requires: [world.offerId] };
    await owner.post('/v1/offers', { name: 'Add-on', ...named });
    const gone = await owner.post('/v1/offers', { name: 'Gone', ...named });
    await owner.post(`/v1/offers/${gone.body.id}/archive`);
    const code = { percentOff: 10, duration: 'once', offerIds: [world.offerId] };
    await owner.post('/v1/promotion-codes', { code: 'SPRING', ...code });
    const ended = await owner.post('/v1/promotion-codes', { code: 'WINTER', ...code });
    await owner.post(`/v1/promotion-codes/${ended.body.id}/end`);
    const archived = await owner.post(`/v1/offers/${world.offerId}/archive`);
    const counts = { livePurchases: 1, purchasesWithAccess: 1, offersThatRequireIt: 1, codesForIt: 1 };
    expect(archived.body.goesOn).toEqual(counts);
    expect((await owner.get(`/v1/offers/${world.offerId}/going-on`)).body).toEqual(counts);
    expect(archived.body.warning).toBe(
      'Archiving cancels nothing: 1 purchase is billed and 1 gives access as before. 1 offer requires it, and 1 promotion code names it.',
    );
  });

  test('pages follow each other without gaps or repeats, whatever is at one instant', async () => {
    for (let n = 0; n < 6; n += 1) await owner.post('/v1/products', { name: `P${n}` });

    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await owner.get(`/v1/products?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor ?? '';
    } while (cursor);

    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });
});

describe('contacts', () => {
  test('have one normalised address in their account [R3.1]', async () => {
    const made = await owner.post('/v1/contacts', { email: '  Bob@Example.COM ', name: 'Bob' });

    const again = await owner.post('/v1/contacts', { email: 'bob@example.com' });
    const taken = await owner.patch(`/v1/contacts/${made.body.id}`, { email: 'ada@example.com' });

    expect(made.body).toMatchObject({
      email: 'bob@example.com',
      isCustomer: false,
      marketingStatus: 'never_subscribed',
    });
    expect([again.status, taken.status]).toEqual([409, 409]);
  });

  test('two requests at once make one', async () => {
    const ask = () => owner.post('/v1/contacts', { email: 'twin@example.com' });

    const statuses = (await Promise.all([ask(), ask(), ask()])).map(({ status }) => status);

    expect(statuses.sort()).toEqual([201, 409, 409]);
  });

  test('are found by segment, address and words of the name; what is a wildcard elsewhere is text here', async () => {
    await owner.post('/v1/contacts', { email: 'percent@example.com', name: '100% Bob' });
    await owner.post('/v1/grants', { offerId: world.offerId, contactId: world.contactId });
    const emails = async (query: string) =>
      (await owner.get(`/v1/contacts?${query}`)).body.data.map(({ email }: { email: string }) => email);

    expect(await emails('segment=customers')).toEqual(['ada@example.com']);
    expect(await emails('segment=subscribed')).toEqual([]);
    expect(await emails('email=ADA@example.com')).toEqual(['ada@example.com']);
    expect(await emails('q=100%25')).toEqual(['percent@example.com']);
    expect(await emails('q=p%25t')).toEqual([]);
    expect(await emails('q=_')).toEqual([]);
  });

  test('access is explained: through which purchase, and which block by whom [R5.6]', async () => {
    const by = { kind: 'api_key', id: 'k' } as const;
    const since = '2027-01-31T09:00:00.000Z';
    const open = await aPurchase(api.orm, world, (state) => ({
      ...state,
      billing: { kind: 'none' },
      origin: 'granted',
    }));
    await aPurchase(api.orm, world, (state) => ({ ...state, revoked: [{ productId: world.productId, since, by }] }));

    const { body } = await owner.get(`/v1/contacts/${world.contactId}/access?productId=${world.productId}`);

    expect(body).toMatchObject({ hasAccess: true, through: open, until: null });
    expect(body.purchases[1]?.blocks).toEqual([{ source: 'revoked', since, by: { ...by, email: null } }]);
  });
});

describe('a grant', () => {
  const inputs = async () =>
    (await api.orm.em.fork().find(InboxRow, { accountId: world.accountId }, { orderBy: { seq: 'asc' } })).map(
      ({ input }) => input,
    );

  test('to an unknown address makes the contact a customer, new only once [R13.2]', async () => {
    const first = await owner.post('/v1/grants', {
      offerId: world.offerId,
      email: 'new@example.com',
      skipWelcome: true,
    });
    const price = { kind: 'free' };
    const other = await owner.post('/v1/offers', { name: 'Other', productIds: [world.productId], price });
    await owner.post('/v1/grants', { offerId: other.body.id, email: 'NEW@example.com' });

    expect(first.status).toBe(200);
    expect(first.body.purchase).toMatchObject({
      origin: 'granted',
      contact: { email: 'new@example.com' },
      billing: { kind: 'none', status: 'none' },
    });
    expect(await inputs()).toEqual([
      { isNewCustomer: true, skipConfirmation: false, skipWelcome: true },
      { isNewCustomer: false, skipConfirmation: false, skipWelcome: false },
    ]);
  });

  test('of what the contact has is 409, also when asked twice at once', async () => {
    const ask = () => owner.post('/v1/grants', { offerId: world.offerId, contactId: world.contactId });

    const statuses = (await Promise.all([ask(), ask(), ask()])).map(({ status }) => status);

    expect(statuses.sort()).toEqual([200, 409, 409]);
    expect((await owner.post('/v1/grants', { offerId: world.offerId, email: 'ada@example.com' })).body.code).toBe(
      'already_live',
    );
  });

  test('with a key is made once, and its answer repeated', async () => {
    const headers = { 'idempotency-key': 'grant' };
    const ask = () => owner.post('/v1/grants', { offerId: world.offerId, contactId: world.contactId }, headers);

    const [one, two] = await Promise.all([ask(), ask()]);

    expect([one.status, two.status]).toEqual([200, 200]);
    expect(one.body.command.id).toBe(two.body.command.id);
  });

  test('of an archived offer is 409', async () => {
    await owner.post(`/v1/offers/${world.offerId}/archive`);

    const { body } = await owner.post('/v1/grants', { offerId: world.offerId, contactId: world.contactId });

    expect(body.code).toBe('archived');
  });
});

describe('a checkout', () => {
  const begin = (email = 'buyer@example.com', headers = {}) =>
    owner.post('/v1/checkouts', { offerId: world.offerId, email, name: 'Buyer' }, headers);

  test('makes contact, clock, customer, price and session once, and a purchase that is none yet', async () => {
    const { status, body } = await begin();

    expect(status).toBe(201);
    expect(api.stripe.calls.map(({ what }) => what)).toEqual(['price', 'clock', 'customer', 'session']);
    expect(api.stripe.checkouts[0]).toMatchObject({
      purchaseId: body.purchaseId,
      accountId: world.accountId,
      trialDays: 0,
    });
    const row = await api.orm.em.fork().findOneOrFail(Purchase, { id: body.purchaseId });
    expect(row).toMatchObject({ startedAt: null, origin: 'bought' });
    expect((await owner.get('/v1/purchases')).body.data).toEqual([]);
    expect((await owner.get(`/v1/purchases/${body.purchaseId}`)).status).toBe(404);
  });

  test('again ends the open session first [R5.7]; a completed one wins', async () => {
    await begin();
    const second = await begin();
    expect(second.status).toBe(201);
    expect(api.stripe.calls.map(({ what }) => what)).toEqual([
      'price',
      'clock',
      'customer',
      'session',
      'expire',
      'session',
    ]);

    const sessionId = String(second.body.url).split('/').at(-1) ?? '';
    api.stripe.completed.add(sessionId);
    const third = await begin();

    expect({ status: third.status, code: third.body.code }).toEqual({ status: 409, code: 'already_live' });
  });

  test('of what is live already is 409, before Stripe is asked', async () => {
    await aPurchase(api.orm, world);

    const { body } = await begin('ADA@example.com');

    expect(body.code).toBe('already_live');
    expect(api.stripe.calls).toEqual([]);
  });

  test('while Stripe is away is 503, and the next try takes it up', async () => {
    api.stripe.isAway = true;
    const away = await begin();
    api.stripe.isAway = false;
    const back = await begin();

    expect({ status: away.status, retry: away.headers.get('retry-after') }).toEqual({ status: 503, retry: '5' });
    expect(back.status).toBe(201);
    expect(await api.orm.em.fork().count(Purchase, { accountId: world.accountId })).toBe(1);
  });

  test.each(['customer', 'price'])('makes a %s that is gone at Stripe anew, once [R22.7]', async (what) => {
    const sold = async (email: string) => {
      const { status } = await begin(email);
      const { customerId, priceId } = api.stripe.checkouts.at(-1) ?? { customerId: '', priceId: '' };
      return { status, customer: customerId, price: priceId };
    };
    const lost = await sold('lost@example.com');
    api.stripe.gone.add(lost[what as 'customer' | 'price']);

    const anew = await sold('lost@example.com');
    const again = await sold('lost@example.com');

    const kept = what === 'customer' ? 'price' : 'customer';
    expect([anew.status, again]).toEqual([201, anew]);
    expect(anew[kept]).toBe(lost[kept]);
    expect(api.stripe.gone.has(anew.customer) || api.stripe.gone.has(anew.price)).toBe(false);
    expect(api.stripe.calls.filter((call) => call.what === what)).toHaveLength(2);
  });

  test('that Stripe refuses for another reason makes nothing anew', async () => {
    await begin('first@example.com');
    api.stripe.refuses = true;

    const { status } = await begin('first@example.com');

    api.stripe.refuses = false;
    expect(status).toBe(422);
    expect(api.stripe.calls.filter(({ what }) => what === 'customer' || what === 'price')).toHaveLength(2);
  });

  test('with a key is one session, also at once', async () => {
    const headers = { 'idempotency-key': 'checkout' };

    const first = await begin('k@example.com', headers);
    const again = await begin('k@example.com', headers);

    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(api.stripe.checkouts).toHaveLength(1);
  });
});
