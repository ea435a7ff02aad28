import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { searchAnswer } from '../../api/search/search-schema.ts';
import { aContact, anAccount, anEmail, aPaymentRow } from '../builders/rows.ts';
import type { Client } from './a-client.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

useApi();

const em = () => api.orm.em.fork();
const searchAs = async (client: Client, q: string, more: object = {}) => {
  const { status, body } = await client.get(`/v1/search?${new URLSearchParams({ q, ...more }).toString()}`);
  return { status, body: body as unknown as z.output<typeof searchAnswer> };
};
const search = (q: string, more: object = {}) => searchAs(owner, q, more);
const kindsOf = ({ body }: Awaited<ReturnType<typeof search>>) => [...new Set(body.data.map(({ kind }) => kind))];

/** Ada's purchase, with a payment and an email. */
async function bought(): Promise<{ purchaseId: string; paymentId: string }> {
  const { accountId, contactId } = world;
  const purchaseId = await aPurchase(api.orm, world);
  const card = { cardBrand: 'visa', cardLast4: '4242', isCardRead: true };
  const paymentId = await aPaymentRow(em(), { accountId, contactId, purchaseId, ...card });
  await anEmail(em(), { accountId, recipientId: contactId, state: 'delivered', subject: 'Welcome' });
  return { purchaseId, paymentId };
}

test('each result says what it is, how it stands, how much it is and where its page is', async () => {
  const { purchaseId, paymentId } = await bought();

  const { status, body } = await search('ADA');

  const money = { amountMinor: 2900, currency: 'usd', at: T0, isTest: false };
  const none = { amountMinor: null, currency: null, at: T0, isTest: false };
  expect(status).toBe(200);
  expect(body).toEqual({
    data: [
      {
        ...none,
        kind: 'contact',
        id: world.contactId,
        title: 'Ada',
        subtitle: 'ada@example.com',
        state: 'never_subscribed',
        href: `/contacts/${world.contactId}`,
      },
      {
        ...money,
        kind: 'purchase',
        id: purchaseId,
        title: 'Ada',
        subtitle: 'Monthly',
        state: 'active',
        href: `/purchases/${purchaseId}`,
      },
      {
        ...money,
        kind: 'payment',
        id: paymentId,
        title: 'Ada',
        subtitle: 'Monthly, visa •••• 4242',
        state: 'succeeded',
        href: `/payments?purchaseId=${purchaseId}`,
      },
      expect.objectContaining({ kind: 'email', title: 'Welcome', subtitle: 'ada@example.com', state: 'delivered' }),
    ],
    more: [],
  });
  expect((await search('month')).body.data[1]).toMatchObject({ kind: 'offer', state: 'offered', amountMinor: 2900 });
});

test('of each kind there are five, and a page with more', async () => {
  for (let n = 0; n < 6; n += 1) await aContact(em(), world.accountId, { name: 'Grace Hopper' });

  const { body } = await search('hopper grace');

  expect(body.data).toHaveLength(5);
  expect(body.more).toEqual([{ kind: 'contact', href: '/contacts?q=hopper+grace&includeTest=true' }]);
  const all = await search('hopper grace', { kind: 'contact', limit: '50' });
  expect([all.body.data.length, all.body.more]).toEqual([6, []]);
});

describe('a role finds what it may list', () => {
  test.each([
    ['owner', ['contact', 'purchase', 'payment', 'email']],
    ['support', ['contact', 'purchase', 'payment', 'email']],
    ['assistant', ['contact']],
  ] as const)('%s', async (role, kinds) => {
    await bought();

    const found = await searchAs(api.client(world.keys[role]), 'ada');

    expect(kindsOf(found)).toEqual(kinds);
  });

  test('an assistant no purchase, by name or by id, and a stranger nothing', async () => {
    const { purchaseId } = await bought();
    const assistant = api.client(world.keys.assistant);

    expect((await assistant.get('/v1/search?q=ada&kind=purchase')).status).toBe(403);
    expect((await assistant.get(`/v1/search?q=${purchaseId}`)).body.data).toEqual([]);
    expect((await guest.get('/v1/search?q=ada')).status).toBe(401);
  });
});

test('a test customer is found like everybody, and says so', async () => {
  const contactId = await aContact(em(), world.accountId, { name: 'Try Out', isTest: true });
  await aPurchase(api.orm, { ...world, contactId });

  const { body } = await search('try out');

  expect(body.data.map(({ kind, isTest }) => [kind, isTest])).toEqual([
    ['contact', true],
    ['purchase', true],
  ]);
});

test('another account’s are found neither by word nor by id', async () => {
  const { accountId } = await anAccount(em(), { name: 'Other' });
  const contactId = await aContact(em(), accountId, { name: 'Zacharias' });

  for (const q of ['zacharias', contactId, contactId.slice(0, 8)])
    expect((await search(q)).body.data.filter(({ id }) => id === contactId)).toEqual([]);
});

test.each([
  ['nothing', ''],
  ['blanks', '   '],
  ['one letter', 'a'],
  ['more than fits', 'x'.repeat(10_000)],
  ['a kind that there is not', 'ada&kind=house'],
])('%s is refused with the field', async (_, q) => {
  const { status, body } = await owner.get(`/v1/search?q=${q}`);

  expect([status, body.code]).toEqual([422, 'validation_failed']);
});

test('what nobody has is an empty answer, whatever signs it has', async () => {
  for (const q of ['quetzalcoatl', '%%', '__', String.raw`\'"`, '\u{1F600}\u{1F600}', '\u202e\u200b', 'a\u0000b'])
    expect([q, (await search(q)).body.data ?? []]).toEqual([q, []]);
});
