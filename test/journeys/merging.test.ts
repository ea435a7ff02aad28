import { expect, test } from '@jest/globals';
import { eraseContacts } from '../../activities/people/erase-contacts.ts';
import { mergeContacts } from '../../activities/people/merge-contacts.ts';
import { Passkey } from '../../db/entities/passkey.ts';
import { addPasskey } from '../../db/people/passkeys.ts';
import { unsubscribeToken } from '../../db/people/unsubscribe-link.ts';
import { T0 } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aSite } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { contact, merge, mergeSoon, twoOfOne } from './two-contacts.ts';
import { town, useTown } from './use-town.ts';

useTown();

type Listed = { data: Record<string, unknown>[] };

test('all that both had is the one’s that stays: what runs goes on, and access is never lost', async () => {
  const site = await aSite(town);
  const { goes, stays, old, kept, oldEmail, email } = await twoOfOne(site);
  const offer = await site.offer({ name: 'Gift', products: 1 });
  await site.must(site.owner.post('/v1/grants', { offerId: offer.id, contactId: goes }));
  await site.quiet();
  await site.must(site.owner.post(`/v1/contacts/${goes}/notes`, { text: 'Likes blue' }), 201);
  await site.must(site.owner.post(`/v1/contacts/${goes}/tags`, { tag: 'choir' }));
  await site.must(site.owner.post(`/v1/contacts/${stays}/tags`, { tag: 'choir' }));
  await site.must(site.owner.post(`/v1/contacts/${goes}/subscribe`, { wording: 'Yes' }));
  await site.must(site.owner.post(`/v1/contacts/${goes}/unsubscribe`));
  const key = { credentialId: goes, publicKey: 'b2xk', counter: 0, name: 'Phone', createdAt: T0 };
  await addPasskey(town.deps.orm.em.fork(), { id: goes, contactId: goes, ...key });
  const done = [{ id: 'a', contactId: goes, kind: 'login', at: '2027-01-31T09:00:00.000Z' }];
  await site.must(site.owner.post('/v1/activity', { data: done }));
  const counts = await site.must<Record<string, number>>(site.owner.get('/v1/contacts/counts'));

  const preview = await site.must(merge(site, goes, stays, { dryRun: true }));
  const asked = await merge(site, goes, stays, { planHash: preview.planHash, reason: 'One person' });

  expect(preview).toMatchObject({
    status: 'preview',
    moves: { purchases: 2, payments: 1, notes: 1, tags: 1, customersAtStripe: 1 },
    becomes: { name: 'Ada', marketingStatus: 'unsubscribed', unsubscribedReason: 'manual' },
    conflicts: [],
  });
  expect(asked).toMatchObject({ status: 202, body: { merge: { state: 'moving', intoContactId: stays } } });
  expect(await site.must(site.owner.get(`/v1/contacts/${goes}`))).toMatchObject({ email: oldEmail });
  const pairs = [oldEmail, email].map((address) => ({ email: address, productId: offer.productIds[0] }));
  const checked = await site.must<Listed>(site.owner.post('/v1/access-check', { pairs: pairs.slice(0, 1) }));
  expect(checked.data).toMatchObject([{ access: true }]);
  expect(await mergeSoon(site, goes)).toBe('done');

  for (const id of [old, kept])
    expect(await site.read(id)).toMatchObject({ contactId: stays, billingStatus: 'active' });
  const moved = await site.must<Listed>(site.owner.post('/v1/access-check', { pairs }));
  expect(moved.data).toMatchObject([{ access: true }, { access: true }]);
  const payments = await site.must<Listed>(site.owner.get(`/v1/payments?contactId=${stays}`));
  expect(payments.data).toHaveLength(2);
  const totals = await site.must<Listed>(site.owner.get(`/v1/contacts/${stays}/totals`));
  expect(totals.data).toMatchObject([{ currency: 'usd', paidMinor: 5_800 }]);
  expect(await town.deps.orm.em.fork().count(Passkey, { contactId: { $in: [goes, stays] } })).toBe(0);
  const notes = await site.must<Listed>(site.owner.get(`/v1/contacts/${stays}/notes`));
  expect(notes.data).toMatchObject([{ text: 'Likes blue' }]);
  const whole = await site.must(site.owner.get(`/v1/contacts/${stays}`));
  expect(whole).toMatchObject({
    email,
    tags: ['choir'],
    marketingStatus: 'unsubscribed',
    unsubscribedReason: 'manual',
  });
  const emails = await site.must<Listed>(site.owner.get(`/v1/emails?contactId=${stays}&limit=200`));
  expect(emails.data.filter(({ purchaseId }) => purchaseId === old).length).toBeGreaterThan(0);
  const activity = await site.must<Listed>(site.owner.get(`/v1/contacts/${goes}/activity`));
  expect(activity.data.map(({ kind }) => kind)).toContain('login');
  const after = await site.must<Record<string, number>>(site.owner.get('/v1/contacts/counts'));
  expect([after.all, after.customers]).toEqual([counts.all! - 1, counts.customers! - 1]);
  const timeline = await site.must<Listed>(site.owner.get(`/v1/contacts/${stays}/timeline?limit=200`));
  expect(timeline.data).toContainEqual(expect.objectContaining({ kind: 'merge', what: goes }));
  expect((await site.timeline(old)).filter((line) => line.includes('contact'))).toHaveLength(1);

  await site.moveTo('2027-03-01T10:00:00.000Z');
  expect((await site.read(old)).payments).toHaveLength(2);
  expect((await site.read(kept)).payments).toHaveLength(2);
});

test('what was sold to the other is charged to its customer at Stripe, and both cards are theirs', async () => {
  const site = await aSite(town);
  const { goes, stays, old, kept } = await twoOfOne(site);
  const before = [await site.read(old), await site.read(kept)].map(({ stripeCustomerId }) => stripeCustomerId);
  await merge(site, goes, stays);
  await mergeSoon(site, goes);
  const ada = await asCustomer(site, kept);

  const cards = await site.must<{ data: { uses: { purchaseId: string }[] }[] }>(ada.get('/v1/me/cards'));
  const page = await site.must(ada.post(`/v1/me/purchases/${old}/card-session`, {}), 201);

  expect([await site.read(old), await site.read(kept)].map(({ stripeCustomerId }) => stripeCustomerId)).toEqual(before);
  expect(cards.data.flatMap(({ uses }) => uses.map(({ purchaseId }) => purchaseId)).sort()).toEqual([old, kept].sort());
  const session = await town.sandbox.stripe.checkout.sessions.retrieve(new URL(page.url).pathname.split('/').at(-1)!);
  const { customer } = await town.sandbox.stripe.subscriptions.retrieve(await site.subscriptionOf(old));
  expect(session.customer).toBe(customer);
  await site.must(site.owner.patch(`/v1/contacts/${stays}`, { name: 'Ada L.' }));
  await eventually(async () => {
    const named = await town.sandbox.stripe.customers.retrieve(customer as string);
    return !named.deleted && named.name === 'Ada L.';
  });
});

test('whoever comes by the old address, id or link later is the one that stays', async () => {
  const site = await aSite(town);
  const { goes, stays, oldEmail, email } = await twoOfOne(site);
  const token = unsubscribeToken(goes, town.environment.SECRET_KEY ?? '');
  await merge(site, goes, stays);

  const during = await site.checkOut(await site.offer({ name: 'Meanwhile' }), oldEmail);
  expect(await mergeSoon(site, goes)).toBe('done');
  await site.pay(during.sessionId);
  await eventually(() => site.must(site.owner.get(`/v1/purchases/${during.purchaseId}`)));
  const later = await site.buy(await site.offer({ name: 'Later' }), { email: oldEmail });
  const offer = await site.offer({ name: 'Granted' });
  const { purchase: granted } = await site.must<{ purchase: { id: string } }>(
    site.owner.post('/v1/grants', { offerId: offer.id, contactId: goes }),
  );
  const done = [{ id: 'late', contactId: goes, kind: 'login', at: '2027-01-31T09:00:00.000Z' }];
  expect(await site.must(site.owner.post('/v1/activity', { data: done }))).toMatchObject({ recorded: 1 });
  await site.must(town.client(null).post('/v1/login-links', { email: oldEmail }), 202);
  await site.must(town.client(null).post(`/v1/public/email-preferences/${token}/unsubscribe`));
  await site.quiet();

  for (const id of [during.purchaseId, later, granted.id]) expect((await site.read(id)).contactId).toBe(stays);
  expect(await site.must(site.owner.get(`/v1/contacts/${stays}`))).toMatchObject({ marketingStatus: 'unsubscribed' });
  const links = await eventually(async () => {
    const { data } = await site.must<Listed>(site.owner.get(`/v1/emails?contactId=${stays}&kind=login-link`));
    return data.length > 0 ? data : null;
  });
  expect(links).toMatchObject([{ to: email }]);
  expect((await site.must<Listed>(site.owner.get(`/v1/contacts/${goes}/timeline`))).data.length).toBeGreaterThan(5);
  expect(await site.owner.post('/v1/contacts', { email: oldEmail })).toMatchObject({ status: 409 });
  const found = await site.must<Listed>(site.owner.get(`/v1/contacts?email=${encodeURIComponent(oldEmail)}`));
  expect(found.data).toMatchObject([{ id: stays }]);
  const refused = await site.owner.patch(`/v1/contacts/${goes}`, { name: 'Again' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'contact_merged', mergedInto: stays } });
});

test('a checkout that is open ends, and what is paid of it all the same is the one’s that stays', async () => {
  const site = await aSite(town);
  const { goes, stays, oldEmail } = await twoOfOne(site);
  const open = await site.checkOut(await site.offer({ name: 'Begun' }), oldEmail);
  await merge(site, goes, stays);
  await mergeSoon(site, goes);

  const { status } = await town.sandbox.stripe.checkout.sessions.retrieve(open.sessionId);

  expect(status).toBe('expired');
  const { data } = await site.must<Listed>(site.owner.get(`/v1/checkouts?contactId=${stays}&limit=200`));
  expect(data).toContainEqual(expect.objectContaining({ purchaseId: open.purchaseId, state: 'ended' }));
});

test('of what both have filled in, what the one says that stays wins', async () => {
  const site = await aSite(town);
  for (const key of ['city', 'craft']) await site.owner.post('/v1/contact-fields', { key, label: key, kind: 'text' });
  const goes = await contact(site, site.newEmail(), {
    name: 'Ada',
    language: 'de',
    fields: { city: 'Kiel', craft: 'Oil' },
  });
  const stays = await contact(site, site.newEmail(), { fields: { city: 'Bonn' } });
  await site.must(site.owner.post(`/v1/contacts/${goes}/subscribe`, { wording: 'Yes' }));

  await merge(site, goes, stays);
  await mergeContacts(town.deps);

  expect(await site.must(site.owner.get(`/v1/contacts/${stays}`))).toMatchObject({
    name: 'Ada',
    language: 'de',
    fields: { city: 'Bonn', craft: 'Oil' },
    marketingStatus: 'never_subscribed',
  });
  expect(await site.must(site.owner.get(`/v1/contacts/${goes}`))).toMatchObject({
    name: null,
    merge: { state: 'done' },
  });
});

test('what is known of both is in one export, and erased together', async () => {
  const site = await aSite(town);
  const { goes, stays, old, oldEmail } = await twoOfOne(site);
  await site.must(site.owner.post(`/v1/contacts/${goes}/unsubscribe`));
  await merge(site, goes, stays);
  await mergeSoon(site, goes);

  const data = await site.must<Record<string, Record<string, unknown>[]>>(
    site.owner.get(`/v1/contacts/${stays}/export`),
  );
  await site.must(site.owner.post(`/v1/contacts/${stays}/erase`, { cancelSubscriptions: true }), 202);
  await eventually(() => eraseContacts(town.deps));

  expect(data.formerContacts).toEqual([{ id: goes, email: oldEmail }]);
  expect(data.purchases!.map(({ id }) => id)).toContain(old);
  expect(await site.must(site.owner.get(`/v1/contacts/${goes}`))).toMatchObject({ email: `erased-${goes}` });
  const again = await site.must(site.owner.post('/v1/contacts', { email: oldEmail }), 201);
  expect(again).toMatchObject({ marketingStatus: 'unsubscribed', unsubscribedReason: 'manual' });
});

test('the address of whoever was merged is free for the one that stays, and for nobody else', async () => {
  const site = await aSite(town);
  const { goes, stays, oldEmail } = await twoOfOne(site);
  await site.must(merge(site, goes, stays), 202);
  expect(await mergeSoon(site, goes)).toBe('done');

  const other = await site.owner.post('/v1/contacts', { email: oldEmail });
  expect([other.status, other.body.code]).toEqual([409, 'contact_merged']);
  const corrected = await site.must(site.owner.patch(`/v1/contacts/${stays}`, { email: oldEmail }));
  expect(corrected.email).toBe(oldEmail);
  expect(await site.must(site.owner.get(`/v1/login-help?email=${encodeURIComponent(oldEmail)}`))).not.toMatchObject({
    causes: [{ code: 'merged' }],
  });
});
