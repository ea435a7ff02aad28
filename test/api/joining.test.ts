import { describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Account } from '../../db/entities/account.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Email } from '../../db/entities/email.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { anOffer } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aPurchase, aWorld, T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();

const changeOffer = (change: Partial<Offer>) => api.orm.em.fork().nativeUpdate(Offer, { id: world.offerId }, change);

describe('what a stranger may know of an offer', () => {
  test('is its name, price and products, and whether it can be bought', async () => {
    const path = `/v1/public/offers/${world.offerId}`;

    const open = await guest.get(path);
    await changeOffer({ price: { kind: 'free' } });
    const free = await guest.get(path);
    await changeOffer({ archivedAt: T0 });
    const archived = await guest.get(path);

    expect(open.body).toEqual({
      id: world.offerId,
      name: 'Monthly',
      newsWording: 'Yes, send me news from Studio by email. I can unsubscribe at any time.',
      description: null,
      credits: null,
      officeHours: false,
      imageUrl: null,
      sale: 'open',
      refundWindowDays: 30,
      price: expect.objectContaining({ amountMinor: 2900, interval: 'month' }),
      accessDays: null,
      accessStartsAt: null,
      products: [{ name: 'Course', description: null }],
      requires: [],
      trialOnce: 'offer',
      site: {
        name: 'Studio',
        slug: expect.stringMatching(/^studio/),
        url: expect.stringMatching(/^http:\/\/perennial\.test\/s\/studio/),
        supportEmail: 'help@studio.test',
        timeZone: 'UTC',
        postalAddress: null,
        termsUrl: null,
        privacyUrl: null,
      },
    });
    expect([free.body, archived.body]).toMatchObject([{ sale: 'open' }, { sale: 'archived' }]);
    expect((await guest.get(`/v1/public/offers/${uuid()}`)).status).toBe(404);
  });
});

const newEmail = () => `ada-${uuid().slice(-12)}@example.com`;

async function begin(email = newEmail()) {
  const { status, body } = await guest.post(`/v1/public/offers/${world.offerId}/checkout`, { email, name: null });
  const input = api.stripe.checkouts.at(-1);
  const token = new URL(input?.successUrl ?? 'http://none').searchParams.get('checkout') ?? '';
  return { email, status, body, input, path: `/v1/public/checkouts/${token}` };
}

describe('buying as a stranger', () => {
  test("leads to Stripe's page and from there back to ours; an archived offer is not sold", async () => {
    const { status, body, input } = await begin();

    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual(['expiresAt', 'trial', 'url']);
    expect(input?.cancelUrl).toMatch(new RegExp(`^http://perennial\\.test/s/[a-z0-9-]+/join/${world.offerId}$`));
    expect(input?.successUrl).toMatch(
      /^http:\/\/perennial\.test\/s\/[a-z0-9-]+\/join\/[\w-]+\/thanks\?checkout=[\w.-]+$/,
    );

    await changeOffer({ archivedAt: T0 });
    expect((await begin()).body.code).toBe('archived');
  });

  test('who paid sets a password once, and is logged in; before that, and for who had one, there is nothing to set', async () => {
    const { path, input, email } = await begin();
    const password = { password: 'correct horse' };
    expect((await guest.get(path)).body).toMatchObject({ state: 'waiting', email, canSetPassword: false });
    expect((await guest.post(`${path}/password`, password)).status).toBe(409);

    await api.orm.em.fork().nativeUpdate(Purchase, { id: input?.purchaseId ?? '' }, { startedAt: T0 });
    expect((await guest.get(path)).body).toMatchObject({ state: 'bought', canSetPassword: true });
    const set = await guest.post(`${path}/password`, password);

    expect((await api.client(set.body.token).get('/v1/me')).body).toMatchObject({ email, hasPassword: true });
    expect((await guest.post(`${path}/password`, password)).status).toBe(409);
    expect((await guest.get(path)).body).toMatchObject({ state: 'bought', canSetPassword: false });
  });

  test('whose address has it already reads so in the mailbox; whoever typed it reads the same, however it stands [R5.7]', async () => {
    const standings = ['active', 'trialing', 'past_due', 'paused'] as const;
    const answers = [];
    for (const billingStatus of standings) {
      const theirs = await aWorld(api.orm);
      const email = newEmail();
      await api.orm.em.fork().nativeUpdate(Contact, { id: theirs.contactId }, { email });
      const purchaseId = await aPurchase(api.orm, theirs);
      await api.orm.em.fork().nativeUpdate(Purchase, { id: purchaseId }, { billingStatus });
      const path = `/v1/public/offers/${theirs.offerId}/checkout`;
      answers.push(await guest.post(path, { email, name: null }));
      const [told] = await eventually(async () => {
        const found = await api.orm.em.fork().find(Email, { kind: 'already-live', purchaseId });
        return found.length > 0 && found;
      });
      expect(told).toMatchObject({ recipientId: theirs.contactId, state: 'queued' });
    }

    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(standings.length).fill([202, {}]));
  });

  test('whose payment is overdue is named to an admin with the page of the card', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const sell = () => owner.post('/v1/checkouts', { offerId: world.offerId, email: 'ada@example.com' });
    const running = await sell();
    await api.orm.em.fork().nativeUpdate(Purchase, { id: purchaseId }, { billingStatus: 'past_due' });

    const late = await sell();
    const { siteUrl } = (await owner.get('/v1/settings')).body as unknown as { siteUrl: string };

    expect([running, late].map(({ status, body }) => [status, body.code])).toEqual(
      Array(2).fill([409, 'already_live']),
    );
    expect(late.body).toMatchObject({
      detail: expect.stringContaining(`${siteUrl}/billing/update-card?purchase=${purchaseId}`),
    });
  });

  test('an address that had something here before gets no password from whoever types it', async () => {
    const em = api.orm.em.fork();
    const free = { price: { kind: 'free' } as const, productIds: [world.productId] };
    const { offerId } = await anOffer(em, world.accountId, free);
    await aPurchase(api.orm, { ...world, offerId });
    const { path, input } = await begin('ada@example.com');
    await em.nativeUpdate(Purchase, { id: input?.purchaseId ?? '' }, { startedAt: T0 });

    expect((await guest.get(path)).body).toMatchObject({ state: 'bought', canSetPassword: false });
    expect((await guest.post(`${path}/password`, { password: 'correct horse' })).status).toBe(409);
  });

  test('a link that was opened meanwhile has an owner: whoever paid sets no password any more', async () => {
    const { path, input } = await begin();
    const em = api.orm.em.fork();
    await em.nativeUpdate(Purchase, { id: input?.purchaseId ?? '' }, { startedAt: T0 });
    await em.nativeUpdate(Contact, { id: input?.contactId ?? '' }, { addressProvenAt: T0 });

    expect((await guest.get(path)).body).toMatchObject({ state: 'bought', canSetPassword: false });
    expect((await guest.post(`${path}/password`, { password: 'correct horse' })).status).toBe(409);
  });

  test('the address that Stripe leads back to forgets after 7 days whom it was for', async () => {
    const { path, email, input } = await begin();
    await api.orm.em.fork().nativeUpdate(Purchase, { id: input?.purchaseId ?? '' }, { startedAt: T0 });
    const after = async (clockAt: string) => {
      await api.orm.em.fork().nativeUpdate(Account, { id: world.accountId }, { clockAt });
      return (await guest.get(path)).body;
    };

    expect(await after('2027-02-07T09:00:00.000Z')).toMatchObject({ email, canSetPassword: true });
    expect(await after('2027-02-07T09:00:00.001Z')).toMatchObject({ email: null, canSetPassword: false });
    expect((await guest.post(`${path}/password`, { password: 'correct horse' })).status).toBe(409);
  });

  test('a second purchase of what was live already is said to be sent back', async () => {
    const { path, input } = await begin();
    const change = { startedAt: T0, duplicateOf: uuid() };
    await api.orm.em.fork().nativeUpdate(Purchase, { id: input?.purchaseId ?? '' }, change);

    expect((await guest.get(path)).body).toMatchObject({ state: 'sent_back' });
  });

  test('a token that is not ours leads nowhere', async () => {
    const { path } = await begin();

    expect((await guest.get(`${path}x`)).status).toBe(404);
    expect((await guest.get(`/v1/public/checkouts/${uuid()}.forged`)).status).toBe(404);
  });
});
