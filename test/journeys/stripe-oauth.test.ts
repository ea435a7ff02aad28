import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { HANDLED_EVENTS } from '../../activities/gateways/stripe.ts';
import { StripeAuthorization } from '../../db/entities/stripe-authorization.ts';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from './a-site.ts';
import { anOwnStripe, atStripesPage, connect } from './own-stripe.ts';
import { town, useTown } from './use-town.ts';

useTown();

const authorize = async (site: Site) =>
  (await site.must<{ url: string }>(site.owner.post('/v1/account/stripe/authorize', {}))).url;
const complete = (site: Site, back: URLSearchParams, by = site.owner) =>
  by.post('/v1/account/stripe/oauth', { code: back.get('code') ?? '-', state: back.get('state') ?? '-' });

/** A site that is connected on Stripe's page. */
async function given() {
  const site = await aSite(town);
  const account = `acct_${uuid().slice(-12)}`;
  await site.must(complete(site, await atStripesPage(await authorize(site), { decision: 'allow', account })));
  return { site, account, there: { stripeAccount: account } };
}

/** As the platform makes it once: its endpoint for events of whoever is connected. */
async function listenToConnected(): Promise<void> {
  const url = `${town.apiUrl}/webhooks/stripe/connect`;
  const types = [...HANDLED_EVENTS, 'account.application.deauthorized'] as const;
  const { secret = '' } = await town.sandbox.stripe.webhookEndpoints.create({
    url,
    enabled_events: [...types],
    connect: true,
  });
  town.secrets.set('connect', secret);
}

test('an account connects on Stripe’s page, sells, changes to a key of another Stripe account, and sells again', async () => {
  await listenToConnected();
  const { site, account, there } = await given();
  const email = site.newEmail();
  const { stripe } = town.sandbox;

  const first = await site.buy(await site.offer({ name: 'Studio' }), { email });
  const [endpoint, ...others] = (await stripe.webhookEndpoints.list({}, there)).data;
  const own = await anOwnStripe(site);
  await connect(site, own);
  const second = await site.buy(await site.offer({ name: 'Coaching' }), { email });
  await site.moveTo('2027-03-05T09:00:00.000Z');

  expect(endpoint).toMatchObject({ url: `https://willow.example/webhooks/stripe/${site.accountId}` });
  expect(others).toEqual([]);
  for (const id of [first, second]) {
    expect((await site.read(id)).payments).toHaveLength(2);
    await site.ask(id, 'refund', { paymentId: (await site.read(id)).payments[0]?.id, amountMinor: 500 });
    await site.ask(id, 'pause', {});
  }
  expect((await stripe.refunds.list({}, there)).data.map(({ amount }) => amount)).toEqual([500]);
  expect((await own.all.refunds.list()).data.map(({ amount }) => amount)).toEqual([500]);
  expect(await site.must<object>(site.owner.get('/v1/account/stripe'))).toMatchObject({
    sellsOn: 'own',
    canConnectAtStripe: true,
    connections: [
      { stripeAccount: own.account, kind: 'key', isCurrent: true },
      { stripeAccount: account, kind: 'oauth', isCurrent: false, endpoint: 'ours', keyEnding: null },
    ],
  });
});

test('what comes back from Stripe’s page is taken once, in time, from whoever went there', async () => {
  const [site, other] = [await aSite(town), await aSite(town)];
  const back = await atStripesPage(await authorize(site), { decision: 'allow' });
  const left = await atStripesPage(await authorize(site), { decision: 'deny' });
  const late = await atStripesPage(await authorize(site), { decision: 'allow' });

  const stolen = [await complete(other, back), await complete(site, back, site.clients.operator)];
  const first = await complete(site, back);
  const again = await complete(site, back);
  const em = town.deps.orm.em.fork();
  await em.nativeUpdate(StripeAuthorization, { accountId: site.accountId }, { expiresAt: '2026-01-01T00:00:00.000Z' });
  const tooLate = await complete(site, late);

  expect(stolen.map(({ status }) => status)).toEqual([422, 422]);
  expect([first.status, again.status, tooLate.status]).toEqual([200, 422, 422]);
  expect(tooLate.body.code).toBe('token_invalid');
  expect(left.get('error')).toBe('access_denied');
});

test('a Stripe account is one account’s here; connected again after it was disconnected it goes on', async () => {
  const { site, account } = await given();
  const other = await aSite(town);
  const id = await site.checkOut(await site.offer());

  const taken = await complete(other, await atStripesPage(await authorize(other), { decision: 'allow', account }));
  await site.must(site.owner.post(`/v1/account/stripe/${account}/disconnect`, {}));
  const gone = await site.owner.post('/v1/checkouts', { offerId: uuid(), email: site.newEmail() });
  const still = await complete(other, await atStripesPage(await authorize(other), { decision: 'allow', account }));
  await site.must(complete(site, await atStripesPage(await authorize(site), { decision: 'allow', account })));

  expect([taken.status, taken.body.code]).toEqual([409, 'stripe_account_taken']);
  expect([gone.status, still.status]).toEqual([404, 409]);
  expect(await site.must<object>(site.owner.get('/v1/account/stripe'))).toMatchObject({ sellsOn: 'own' });
  expect(id.sessionId).toMatch(/^cs_/);
});

test('access that somebody takes back at Stripe is known at once, and nothing is asked there any more', async () => {
  await listenToConnected();
  const { site, account } = await given();
  const id = await site.buy(await site.offer());

  await town.sandbox.stripe.oauth.deauthorize({ client_id: 'ca_of_tests', stripe_user_id: account });
  const state = await eventually(async () => {
    const now = await site.must<{ sellsOn: string }>(site.owner.get('/v1/account/stripe'));
    return now.sellsOn === 'platform' && now;
  });

  expect(state).toMatchObject({ connections: [{ stripeAccount: account, disconnectedAt: expect.any(String) }] });
  expect((await site.owner.post(`/v1/purchases/${id}/pause`, {})).status).toBe(422);
});
