import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { giveCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

type Card = { id: string; name: string; isDefault: boolean; uses: { purchaseId: string; offer: { name: string } }[] };

/** A customer of two subscriptions, both of them paid for with the card that bought them. */
async function given() {
  const site = await aSite(town);
  const email = site.newEmail();
  const studio = await site.buy(await site.offer({ name: 'Studio' }), { email });
  const coaching = await site.buy(await site.offer({ name: 'Coaching', amountMinor: 900 }), { email });
  const ada = await asCustomer(site, studio);
  const cards = async () => (await site.must<{ data: Card[] }>(ada.get('/v1/me/cards'))).data;
  const uses = async () =>
    (await cards()).map((card) => [card.id, card.uses.map(({ offer }) => offer.name).sort()] as const);
  /** Adds one as a person does, on the page of Stripe. */
  const add = async (card: string) => {
    const before = (await cards()).map(({ id }) => id);
    const { url } = await site.must<{ url: string }>(ada.post('/v1/me/card-session', {}), 201);
    await site.pay(new URL(url).pathname.split('/').at(-1) ?? '', card);
    return (await cards()).find(({ id }) => !before.includes(id)) ?? { id: '', name: '' };
  };
  return { site, studio, coaching, ada, cards, uses, add };
}

test('a customer sees every card with what it pays for, adds one, and moves one purchase to it [R12.1]', async () => {
  const { site, studio, coaching, ada, cards, uses, add } = await given();
  const [bought] = (await cards()).filter(({ uses: of }) => of.some(({ purchaseId }) => purchaseId === studio));

  const added = await add('5555555555554444');
  expect(added).toMatchObject({ name: 'Mastercard ending in 4444', kind: 'card', uses: [], hasExpired: false });
  expect(bought?.uses).toContainEqual({
    purchaseId: studio,
    offer: { id: expect.any(String), name: 'Studio' },
    nextCharge: { amountMinor: 2_900, currency: 'usd', at: '2027-02-28T09:00:00.000Z' },
  });
  const moved = await ada.post(`/v1/me/purchases/${coaching}/payment-method`, { cardId: added.id });

  expect(moved).toMatchObject({ status: 200, body: { payment: 'none_due', purchase: { id: coaching } } });
  expect(await uses()).toContainEqual([added.id, ['Coaching']]);
  await site.moveTo('2027-03-01T09:00:00.000Z');
  expect(await site.must(site.owner.get(`/v1/purchases/${coaching}/card`))).toMatchObject({ card: { last4: '4444' } });
  expect(await site.must(site.owner.get(`/v1/purchases/${studio}/card`))).toMatchObject({ card: { last4: '4242' } });
});

test('a card in use is not removed, and says what uses it; one that pays for nothing is', async () => {
  const { studio, ada, cards, add } = await given();
  const added = await add('5555555555554444');
  const inUse = (await cards()).find(({ uses }) => uses.some(({ purchaseId }) => purchaseId === studio));

  const refused = await ada.delete(`/v1/me/cards/${inUse?.id}`);
  const removed = await ada.delete(`/v1/me/cards/${added.id}`);
  const again = await ada.delete(`/v1/me/cards/${added.id}`);

  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'card_in_use', detail: expect.stringContaining('Studio') },
  });
  expect(refused.body).toMatchObject({ purchaseIds: expect.arrayContaining([studio]) });
  expect([removed.status, again.status]).toEqual([200, 404]);
  expect((await cards()).map(({ id }) => id)).not.toContain(added.id);
});

test('a default pays for what has no card of its own; nobody reaches another customer\u2019s card', async () => {
  const { site, ada, cards, add } = await given();
  const added = await add('5555555555554444');
  const stranger = await asCustomer(site, await site.buy(await site.offer()));

  await site.must(ada.post(`/v1/me/cards/${added.id}/default`, {}));

  expect((await cards()).filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual([added.id]);
  expect((await stranger.post(`/v1/me/cards/${added.id}/default`, {})).status).toBe(404);
  expect((await stranger.delete(`/v1/me/cards/${added.id}`)).status).toBe(404);
});

test('what is overdue is tried with the card that it is moved to, once [R11.5]', async () => {
  const { site, coaching, ada, add } = await given();
  const added = await add('5555555555554444');
  await giveCard(site, coaching, 'pm_card_chargeCustomerFail');
  await site.moveTo('2027-03-01T09:00:00.000Z');

  const moving = ada.post(`/v1/me/purchases/${coaching}/payment-method`, { cardId: added.id });
  const { payment } = await site.must<{ payment: string }>(moving);
  await eventually(async () => (await site.read(coaching)).billingStatus === 'active');
  await site.quiet();

  expect(['paid', 'pending']).toContain(payment);
  expect((await site.timeline(coaching)).filter((line) => line.includes('retried'))).toHaveLength(1);
  expect(await site.read(coaching)).toMatchObject({ billingStatus: 'active' });
});
