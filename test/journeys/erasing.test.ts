import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { eraseContacts } from '../../activities/people/erase-contacts.ts';
import { addPasskey } from '../../db/people/passkeys.ts';
import { unsubscribeToken } from '../../db/people/unsubscribe-link.ts';
import { T0 } from '../builders/rows.ts';
import { aSuppression } from '../builders/suppressions.ts';
import { eventually } from '../ground/eventually.ts';
import { refusal } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { town, useTown } from './use-town.ts';

useTown();

/** Somebody with many traces: bought, told why, logged in, canceled, unsubscribed. */
async function somebody(site: Site) {
  const words = `Zephyrine-${uuid()}`;
  const email = `${words.toLowerCase()}@quill.example`;
  const gone = await site.buy(await site.offer(), { email });
  const { contactId } = await site.read(gone);
  await site.must(site.owner.patch(`/v1/contacts/${contactId}`, { name: words }));
  const live = await site.buy(await site.offer({ name: 'Second' }), { email });
  const ada = await asCustomer(site, live);
  await site.must(site.owner.patch('/v1/settings', { selfCancel: { isOn: true } }));
  await site.must(ada.post(`/v1/me/purchases/${gone}/cancel`, { feedback: `Yours, ${words}` }));
  await site.quiet();
  await site.ask(live, 'pause', { reason: `${words} is on holiday` });
  await site.ask(live, 'resume', {});
  await site.must(site.owner.post(`/v1/contacts/${contactId}/unsubscribe`));
  await site.must(site.owner.post(`/v1/contacts/${contactId}/notes`, { text: `${words} likes blue` }), 201);
  await site.must(site.owner.post(`/v1/contacts/${contactId}/tags`, { tag: `Friend of ${words}`.slice(0, 50) }));
  await aSuppression(town.deps.orm.em.fork(), { accountId: site.accountId, contactId });
  const key = { credentialId: uuid(), publicKey: 'b2xk', counter: 0, name: `Phone of ${words}`, createdAt: T0 };
  await addPasskey(town.deps.orm.em.fork(), { id: uuid(), contactId, ...key });
  await site.must(site.owner.post(`/v1/suppressions/${contactId}/lift`, { reason: `${words} called` }));
  await site.owner.post('/v1/contact-fields', { key: 'nickname', label: 'Nickname', kind: 'text' });
  for (const query of [{ q: words }, { contactId }, { q: email }]) {
    await site.must(site.owner.post('/v1/list-views', { list: 'emails', name: uuid(), query }), 201);
  }
  await site.must(site.owner.patch(`/v1/contacts/${contactId}`, { fields: { nickname: `${words} the great` } }));
  await site.owner.post('/v1/checkouts', { offerId: (await site.offer({ name: 'Third' })).id, email });
  const [payment] = (await site.read(gone)).payments;
  expect((await site.owner.get(`/v1/payments/${payment?.id}/receipt.pdf`)).status).toBe(200);
  return { words, email, contactId, gone, live };
}

/** Where in the whole database somebody is still found: `table.column`. */
async function tracesOf(word: string): Promise<string[]> {
  const em = town.deps.orm.em.fork();
  const columns = await em.execute<{ table_name: string; column_name: string; data_type: string }[]>(
    `select table_name, column_name, data_type from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where table_schema = 'public' and t.table_type = 'BASE TABLE' and data_type in ('text', 'jsonb', 'json', 'bytea', 'ARRAY')`,
  );
  const found: string[] = [];
  for (const { table_name, column_name, data_type } of columns) {
    const text = data_type === 'bytea' ? `encode("${column_name}", 'escape')` : `"${column_name}"::text`;
    const [hit] = await em.execute(`select 1 from "${table_name}" where strpos(lower(${text}), ?) > 0 limit 1`, [
      word.toLowerCase(),
    ]);
    if (hit) found.push(`${table_name}.${column_name}`);
  }
  return found;
}

type Listed = {
  data: { at: string; kind: string; what: string | null; purchaseId: string | null }[];
  nextCursor: string | null;
};

/** As a worker does every few seconds. */
const eraseSoon = (): Promise<number> => eventually(() => eraseContacts(town.deps));

test('while something is billed on, nobody is erased; the preview says what would go, and changes nothing', async () => {
  const site = await aSite(town);
  const { contactId, gone, live, email } = await somebody(site);
  const path = `/v1/contacts/${contactId}/erase`;

  const preview = await site.must(site.owner.post(path, { dryRun: true }));
  const refused = await site.owner.post(path, {});

  expect(preview).toMatchObject({
    status: 'preview',
    live: [
      { purchaseId: gone, offer: 'Studio' },
      { purchaseId: live, offer: 'Second' },
    ],
    goes: { customersAtStripe: 1, texts: 2 },
    stays: { purchases: 2, payments: 2, refunds: 0, customersOutOfReach: 0 },
  });
  expect(refused).toMatchObject({ status: 409, body: { code: 'live_billing', purchaseIds: [gone, live] } });
  expect(await site.clients.support.post(path, { dryRun: true })).toMatchObject({ status: 403 });
  expect(await site.must(site.owner.get(`/v1/contacts/${contactId}`))).toMatchObject({ email, erasure: null });
});

test('everything that says who somebody was goes, here and at Stripe; what was paid stays [R3.9, R24.4]', async () => {
  const site = await aSite(town);
  const { words, contactId, live, gone } = await somebody(site);
  const totals = await site.must(site.owner.get(`/v1/contacts/${contactId}/totals`));
  const customerId = (await customers(contactId))[0]!;
  const counts = await site.must<Record<string, number>>(site.owner.get('/v1/contacts/counts'));
  expect((await tracesOf(words)).length).toBeGreaterThan(5);

  const asked = await site.owner.post(`/v1/contacts/${contactId}/erase`, { cancelSubscriptions: true });
  expect(asked).toMatchObject({ status: 202, body: { erasure: { state: 'canceling' } } });
  expect(await site.owner.post(`/v1/contacts/${contactId}/erase`, {})).toMatchObject({ status: 409 });
  await eraseSoon();
  await site.quiet();
  expect((await refusal(town.sandbox.stripe.customers.retrieve(customerId))).code).toBe('resource_missing');
  await eraseContacts(town.deps);
  expect(await tracesOf(words)).toEqual([]);

  expect((await site.read(live)).billingStatus).toBe('canceled');
  expect((await site.read(gone)).payments).toHaveLength(1);
  expect(await site.must(site.owner.get(`/v1/contacts/${contactId}/totals`))).toEqual(totals);
  expect(await site.must(site.owner.get(`/v1/contacts/${contactId}`))).toMatchObject({
    email: `erased-${contactId}`,
    name: null,
    erasure: { state: 'done' },
  });
  const { all, customers: buyers } = await site.must<Record<string, number>>(site.owner.get('/v1/contacts/counts'));
  expect([all, buyers]).toEqual([counts.all! - 1, counts.customers! - 1]);
  expect((await site.must(site.owner.get('/v1/contacts'))).data).toEqual([]);
  expect(await site.owner.post(`/v1/contacts/${contactId}/erase`, {})).toMatchObject({ status: 409 });
});

test('nothing is written about somebody who was erased, by anybody', async () => {
  const site = await aSite(town);
  const { contactId } = await somebody(site);
  const token = unsubscribeToken(contactId, town.environment.SECRET_KEY ?? '');
  const path = `/v1/contacts/${contactId}`;
  const preferences = `/v1/public/email-preferences/${token}`;
  const guest = town.client(null);
  expect((await guest.get(preferences)).status).toBe(200);
  await site.owner.post(`${path}/erase`, { cancelSubscriptions: true });
  await eraseSoon();

  const answers = [
    await site.owner.patch(path, { name: 'Again' }),
    await site.owner.post(`${path}/notes`, { text: 'Again' }),
    await site.owner.post(`${path}/tags`, { tag: 'again' }),
    await site.owner.post(`${path}/subscribe`, { wording: 'Again' }),
    await site.owner.post(`${path}/unsubscribe`),
    await site.owner.post(`${path}/erase`, {}),
  ];

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [409, 'wrong_state']));
  expect((await guest.get(preferences)).status).toBe(404);
  expect((await guest.post(`${preferences}/unsubscribe`)).status).toBe(404);
});

test('a worker that dies between Stripe and our own tables leaves it to the next', async () => {
  const site = await aSite(town);
  const { words, contactId } = await somebody(site);
  await site.owner.post(`/v1/contacts/${contactId}/erase`, { cancelSubscriptions: true });
  await site.quiet();
  const { gateway } = town.deps;
  const dies = async (...asked: Parameters<typeof gateway.deleteCustomer>) => {
    await gateway.deleteCustomer(...asked);
    throw new Error('killed');
  };

  expect(await eraseContacts({ ...town.deps, gateway: { ...gateway, deleteCustomer: dies } })).toBe(0);
  expect(await site.must(site.owner.get(`/v1/contacts/${contactId}`))).toMatchObject({
    erasure: { state: 'canceling' },
  });
  expect(await eraseContacts(town.deps)).toBe(1);

  expect(await tracesOf(words)).toEqual([]);
  expect(await eraseContacts(town.deps)).toBe(0);
});

test('whoever had unsubscribed and is added again has unsubscribed [R3.6]', async () => {
  const site = await aSite(town);
  const { contactId, email } = await somebody(site);
  await site.owner.post(`/v1/contacts/${contactId}/erase`, { cancelSubscriptions: true });
  await eraseSoon();

  const again = await site.must(site.owner.post('/v1/contacts', { email }), 201);
  const other = await site.must(site.owner.post('/v1/contacts', { email: `other-${email}` }), 201);

  expect(again).toMatchObject({ marketingStatus: 'unsubscribed', unsubscribedReason: 'manual' });
  expect(again.id).not.toBe(contactId);
  expect(other).toMatchObject({ marketingStatus: 'never_subscribed' });
});

test('who buys again before everything has ended is not erased, and can be asked for anew', async () => {
  const site = await aSite(town);
  const { contactId, email } = await somebody(site);
  await site.owner.post(`/v1/contacts/${contactId}/erase`, { cancelSubscriptions: true });
  await site.quiet();
  const again = await site.buy(await site.offer({ name: 'Fourth' }), { email });

  await eraseContacts(town.deps);

  expect(await site.must(site.owner.get(`/v1/contacts/${contactId}`))).toMatchObject({
    email,
    erasure: { state: 'came_back' },
  });
  expect((await site.read(again)).billingStatus).toBe('active');
  expect(await site.owner.post(`/v1/contacts/${contactId}/erase`, { cancelSubscriptions: true })).toMatchObject({
    status: 202,
  });
});

test('what has happened to a person is one list over all that they bought, page by page', async () => {
  const site = await aSite(town);
  const { contactId, live, gone } = await somebody(site);
  const path = `/v1/contacts/${contactId}/timeline`;

  const whole = await site.must<Listed>(site.owner.get(`${path}?limit=200`));
  const first = await site.must<Listed>(site.owner.get(`${path}?limit=5`));
  const second = await site.must<Listed>(site.owner.get(`${path}?limit=200&cursor=${first.nextCursor}`));

  expect([...first.data, ...second.data]).toEqual(whole.data);
  expect(whole.data.map(({ at }) => at)).toEqual(
    whole.data
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );
  expect([...new Set(whole.data.map(({ kind }) => kind))].toSorted()).toEqual([
    'added',
    'checkout',
    'consent',
    'email',
    'lift',
    'login',
    'note',
    'purchase',
  ]);
  const bought = whole.data.filter(({ what }) => what === 'purchase.bought').map(({ purchaseId }) => purchaseId);
  expect(bought.toSorted()).toEqual([live, gone].toSorted());
  expect(whole.data).toContainEqual(expect.objectContaining({ kind: 'consent', what: 'admin_unsubscribed' }));
  expect(await site.clients.assistant.get(path)).toMatchObject({ status: 403 });
});

test('all that is known of one person is one answer', async () => {
  const site = await aSite(town);
  const { words, contactId, live, gone, email } = await somebody(site);

  const data = await site.must<Record<string, Record<string, unknown>[]>>(
    site.owner.get(`/v1/contacts/${contactId}/export`),
  );

  expect(data).toMatchObject({ contact: { email, name: words } });
  expect(data.purchases!.map(({ id }) => id)).toEqual(expect.arrayContaining([live, gone]));
  expect(data.payments!.map(({ amountMinor }) => amountMinor)).toEqual([2900, 2900]);
  expect(data.timeline!.map(({ feedback }) => feedback)).toContain(`Yours, ${words}`);
  expect(data.emails!.every(({ text }) => !/token=(?!removed)/.test(String(text)))).toBe(true);
  expect(data.passkeys).toEqual([{ name: `Phone of ${words}`, createdAt: T0, lastUsedAt: null }]);
  expect(data.contact).toMatchObject({ consents: [{ kind: 'admin_unsubscribed' }] });
  expect(await site.clients.support.get(`/v1/contacts/${contactId}/export`)).toMatchObject({ status: 403 });
});

const customers = async (contactId: string): Promise<string[]> => {
  const rows = await town.deps.orm.em
    .fork()
    .execute<{ id: string }[]>('select stripe_customer_id as id from stripe_customers where holder_id = ?', [
      contactId,
    ]);
  return rows.map(({ id }) => id);
};
