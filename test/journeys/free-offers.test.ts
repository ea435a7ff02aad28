import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite } from './a-site.ts';
import { askForFree, purchaseOf, take, tokenFor, tokensFor } from './take-free.ts';
import { town, useTown } from './use-town.ts';

useTown();

const FREE = { price: { kind: 'free' } };

const guest = () => town.client(null);

test('anybody takes a free offer by the mailed link, and by it alone; then it is theirs, with a login', async () => {
  const site = await aSite(town);
  const offer = await site.offer({ ...FREE, accessDays: 30 });
  const email = site.newEmail();

  expect(await askForFree(offer, email)).toBe(202);
  const token = await tokenFor(email);
  expect(await purchaseOf(site, email)).toBeUndefined();
  const taken = await take(offer, token);
  await site.quiet();

  expect(taken.status).toBe(200);
  const id = (await purchaseOf(site, email))?.id ?? '';
  expect(await site.read(id)).toMatchObject({
    origin: 'bought',
    billingStatus: 'none',
    accessStatus: 'full',
    billing: { kind: 'none' },
    accessPeriod: { startsAt: '2027-01-31T09:00:00.000Z', endsAt: '2027-03-02T09:00:00.000Z' },
    payments: [],
    refundWindow: null,
  });
  expect(await site.timeline(id)).toEqual(['2027-01-31T09:00Z purchase.bought by customer']);
  expect((await site.emails(id)).map((line) => line.split(' ')[1]).sort()).toEqual([
    'free-offer-link',
    'purchase-confirmation',
  ]);
  const checkout = `/v1/public/checkouts/${taken.body.checkoutToken}`;
  expect((await guest().get(checkout)).body).toMatchObject({ state: 'bought', canSetPassword: true });
  const set = await guest().post(`${checkout}/password`, { password: 'a password of hers' });
  expect((await town.client(set.body.token).get('/v1/me')).body).toMatchObject({ email, hasPassword: true });
  expect((await take(offer, token)).body.code).toBe('token_invalid');

  await site.moveTo('2027-03-02T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'none', accessStatus: 'none' });
});

test('who has it already is answered the same, and mailed a login link', async () => {
  const site = await aSite(town);
  const offer = await site.offer(FREE);
  const email = site.newEmail();
  await askForFree(offer, email);
  await take(offer, await tokenFor(email));
  await site.quiet();

  expect(await askForFree(offer, email)).toBe(202);

  const links = await eventually(async () => {
    const texts = (await town.mailbox.emails(email)).map(({ text }) => text ?? '');
    const found = texts.filter((text) => text.includes('/login?token='));
    return found.length > 0 ? found : null;
  });
  expect(links).toHaveLength(1);
  expect(links[0]).toContain('It is yours, so there is nothing to buy.');
  expect(await tokensFor(email)).toHaveLength(1);
});

test('two free offers are taken by two links, and nobody is mailed more than three an hour', async () => {
  const site = await aSite(town);
  const offers = [await site.offer(FREE), await site.offer(FREE)];
  const email = site.newEmail();

  for (const offer of offers) await askForFree(offer, email);
  const tokens = await eventually(async () => {
    const found = await tokensFor(email);
    return found.length === 2 ? found : null;
  });
  const answers = [];
  for (const token of tokens) for (const offer of offers) answers.push((await take(offer, token)).status);

  expect(answers.filter((status) => status === 200)).toHaveLength(2);
  const more = await site.offer(FREE);
  const asked = async () => (await site.owner.post('/v1/checkouts', { offerId: more.id, email })).status;
  expect([await asked(), await asked()]).toEqual([202, 429]);
});

test('asked for with a key it is mailed as well, and who has it already is a 409', async () => {
  const site = await aSite(town);
  const offer = await site.offer(FREE);
  const email = site.newEmail();

  const { status, body } = await site.owner.post('/v1/checkouts', { offerId: offer.id, email });

  expect([status, body.status, body.offerId]).toEqual([202, 'mailed', offer.id]);
  await take(offer, await tokenFor(email));
  await site.quiet();
  expect((await site.owner.post('/v1/checkouts', { offerId: offer.id, email })).body.code).toBe('already_live');
});

test('a link that has waited is judged anew: archived meanwhile, or late, it takes nothing', async () => {
  const site = await aSite(town);
  const offer = await site.offer(FREE);
  const email = site.newEmail();
  await askForFree(offer, email);
  const token = await tokenFor(email);

  await site.must(site.owner.post(`/v1/offers/${offer.id}/archive`));
  expect((await take(offer, token)).body.code).toBe('archived');
  await site.must(site.owner.post(`/v1/offers/${offer.id}/unarchive`));
  await site.moveTo('2027-02-07T09:00:00.000Z');

  expect((await take(offer, token)).body.code).toBe('token_invalid');
  expect(await purchaseOf(site, email)).toBeUndefined();
});

test('a free offer that is repeatable is taken again while it gives access, as a purchase of its own [R27.7]', async () => {
  const site = await aSite(town);
  const offer = await site.offer({ ...FREE, accessDays: 30, repeatable: true });
  const email = site.newEmail();
  const used: string[] = [];
  const takeOnce = async () => {
    expect(await askForFree(offer, email)).toBe(202);
    const token = await eventually(async () => (await tokensFor(email)).find((one) => !used.includes(one)));
    used.push(token);
    expect((await take(offer, token)).status).toBe(200);
    await site.quiet();
  };
  const taken = async () =>
    (await site.must<{ data: { id: string }[] }>(site.owner.get(`/v1/purchases?offerId=${offer.id}`))).data;

  await takeOnce();
  await site.moveTo('2027-02-10T09:00:00.000Z');
  await takeOnce();

  const both = await Promise.all((await taken()).map(({ id }) => site.read(id)));
  expect(both.map(({ accessStatus, accessPeriod }) => [accessStatus, accessPeriod?.endsAt])).toEqual([
    ['full', '2027-03-12T09:00:00.000Z'],
    ['full', '2027-03-02T09:00:00.000Z'],
  ]);
  const reach = `/v1/access-check?email=${encodeURIComponent(email)}&productId=${offer.productIds[0]}`;
  expect(await site.must(site.owner.get(reach))).toMatchObject({ access: true, until: '2027-03-12T09:00:00.000Z' });
});
