import { beforeEach, expect, test } from '@jest/globals';
import { Email } from '../../db/entities/email.ts';
import { aContact } from '../builders/rows.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

useApi();

let count = 0;
let email: string;
beforeEach(() => {
  email = `news-${process.pid}-${(count += 1)}@example.com`;
});

const begin = (body: object = {}) => guest.post(`/v1/public/offers/${world.offerId}/checkout`, { email, ...body });

async function contact() {
  const [listed] = (await owner.get(`/v1/contacts?email=${encodeURIComponent(email)}`)).body.data;
  return (await owner.get(`/v1/contacts/${listed?.id}`)).body;
}

test('who sets the box is subscribed, by the words that the offer says', async () => {
  const { newsWording: wording } = (await guest.get(`/v1/public/offers/${world.offerId}`)).body as {
    newsWording?: string;
  };

  expect((await begin({ news: true })).status).toBe(201);

  expect(wording).toContain('news');
  const { marketingStatus, consents } = await contact();
  expect(marketingStatus).toBe('subscribed');
  expect(consents).toEqual([expect.objectContaining({ source: 'checkout', kind: 'form', wording, email })]);
});

test.each([{}, { news: false }])('who does not is not: to begin to buy is no consent (%j)', async (body) => {
  expect((await begin(body)).status).toBe(201);

  expect(await contact()).toMatchObject({ marketingStatus: 'never_subscribed', consents: [] });
});

test('nobody is lowered by it, and whoever has unsubscribed is mailed the link to confirm', async () => {
  const status = { marketingStatus: 'unsubscribed', unsubscribedReason: 'opted_out' } as const;
  const id = await aContact(api.orm.em.fork(), world.accountId, { email, ...status });

  expect((await begin({ news: true })).status).toBe(201);

  expect(await contact()).toMatchObject(status);
  const mailed = { accountId: world.accountId, kind: 'double-opt-in', recipientId: id } as const;
  expect(await api.orm.em.fork().count(Email, mailed)).toBe(1);
  email = `subscribed-${email}`;
  await aContact(api.orm.em.fork(), world.accountId, { email, marketingStatus: 'subscribed' });
  await begin();
  expect(await contact()).toMatchObject({ marketingStatus: 'subscribed', consents: [] });
});

test('a page of one’s own says its words over the API', async () => {
  const newsWording = 'Send me the letter.';
  const asked = { offerId: world.offerId, email, newsWording };

  expect((await owner.post('/v1/checkouts', asked)).status).toBe(201);
  expect((await owner.post('/v1/checkouts', { ...asked, newsWording: ' ' })).status).toBe(422);

  expect(await contact()).toMatchObject({
    marketingStatus: 'subscribed',
    consents: [{ source: 'checkout', wording: newsWording }],
  });
});
