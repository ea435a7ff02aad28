import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import { v7 as uuid } from 'uuid';
import type { stripeSchema } from '../../api/money/stripe-connection-schema.ts';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { StripeConnection } from '../../db/entities/stripe-connection.ts';
import { backFill } from '../../worker/back-fill.ts';
import { signedByStripe } from '../api/a-stranger.ts';
import { eventually } from '../ground/eventually.ts';
import { clientFor, control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { anOwnStripe, aRestrictedKey, connect, ENOUGH } from './own-stripe.ts';
import { town, useTown } from './use-town.ts';

useTown();

type Asked = { account: string; path: string; status: number };
type State = z.output<typeof stripeSchema>;
const stateOf = (site: Site) => site.must<State>(site.owner.get('/v1/account/stripe'));
const giveKey = (site: Site, restrictedKey: string, by = site.owner) =>
  by.post('/v1/account/stripe/key', { restrictedKey });
const disconnect = (site: Site, account: string, body: object = {}) =>
  site.owner.post(`/v1/account/stripe/${account}/disconnect`, body);

const daysPaid = async (site: Site, id: string) =>
  (await site.read(id)).payments.map(({ paidAt }) => String(paidAt).slice(0, 10));

test('an account sells on its own Stripe, then on another: each purchase lives on where it was sold [R22.5]', async () => {
  const site = await aSite(town);
  const [offer, email] = [await site.offer({ name: 'Studio' }), site.newEmail()];
  const [one, other] = [await anOwnStripe(site), await anOwnStripe(site)];

  await connect(site, one);
  const first = await site.buy(offer, { email });
  await connect(site, other);
  const second = await site.buy(await site.offer({ name: 'Coaching' }), { email });
  await site.moveTo('2027-04-05T09:00:00.000Z');

  for (const id of [first, second])
    expect(await daysPaid(site, id)).toEqual(['2027-01-31', '2027-02-28', '2027-03-31']);
  const lives = [
    [first, one],
    [second, other],
  ] as const;
  for (const [id, { all }] of lives) {
    const paymentId = (await site.read(id)).payments[0]?.id ?? '';
    await site.ask(id, 'refund', { paymentId, amountMinor: 700 });
    await site.ask(id, 'pause', {});
    const [refund, ...refunds] = (await all.refunds.list()).data;
    expect([refund?.amount, refunds]).toEqual([700, []]);
    const subscription = await all.subscriptions.retrieve(await site.subscriptionOf(id));
    expect(subscription).toMatchObject({ status: 'active', pause_collection: { behavior: 'void' } });
    await all.subscriptions.update(subscription.id, { pause_collection: '' });
    await eventually(async () => (await site.read(id)).billingStatus === 'active');
    await site.quiet();
  }
  expect((await town.sandbox.stripe.customers.list({ email })).data).toEqual([]);
  const { data } = (await control(town.sandbox, 'GET', '/requests')) as { data: Asked[] };
  const ours = data.filter(({ account }) => [one.account, other.account].includes(account));
  expect(ours.filter(({ status, path }) => status === 403 && path !== '/v1/account')).toEqual([]);
  expect(await stateOf(site)).toMatchObject({
    sellsOn: 'own',
    connections: [
      { stripeAccount: other.account, kind: 'key', mode: 'test', isCurrent: true, endpoint: 'by_hand', liveBilling: 1 },
      { stripeAccount: one.account, isCurrent: false, liveBilling: 1 },
    ],
  });
});

test('a key is tried before it is kept: what it is not allowed is named, and it is nobody else\u2019s', async () => {
  const site = await aSite(town);
  const poor = await aRestrictedKey({ permissions: ENOUGH.filter((one) => !/Customers|Disputes/.test(one)) });
  const rolled = await aRestrictedKey();
  await control(town.sandbox, 'POST', `/restricted-keys/${rolled.key}/roll`);
  const good = await aRestrictedKey();
  await site.must(giveKey(await aSite(town), good.key));

  const refusals = [
    await giveKey(site, poor.key),
    await giveKey(site, rolled.key),
    await giveKey(site, 'sk_test_of_everything'),
    await giveKey(site, 'rk_live_of_other_mode'),
    await giveKey(site, (await aRestrictedKey({ account: good.account })).key),
    await giveKey(site, good.key, site.clients.administrator),
  ];

  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
    [422, 'permission_missing'],
    [422, 'validation_failed'],
    [422, 'validation_failed'],
    [422, 'validation_failed'],
    [409, 'stripe_account_taken'],
    [403, 'forbidden'],
  ]);
  expect(refusals[0]?.body.detail).toContain('Customers (write), Disputes (read), Webhook Endpoints (write)');
  expect(await stateOf(site)).toMatchObject({ sellsOn: 'platform', connections: [] });
});

test('its endpoint is made there with its key, rotates, and the key is shown to nobody', async () => {
  const site = await aSite(town);
  const { account, key } = await aRestrictedKey();
  const all = clientFor(town.sandbox.url, key);

  await site.must(giveKey(site, key));
  const [made, ...more] = (await all.webhookEndpoints.list()).data;
  const { body } = await site.owner.post(`/v1/account/stripe/${account}/rotate-secret`, {});
  const [again, ...others] = (await all.webhookEndpoints.list()).data;

  const url = `https://willow.example/webhooks/stripe/${site.accountId}`;
  expect([made, again]).toMatchObject([{ url }, { url }]);
  expect([more, others, made?.id === again?.id]).toEqual([[], [], false]);
  const row = await town.deps.orm.em.fork().findOneOrFail(StripeConnection, { stripeAccount: account });
  expect(row).toMatchObject({ keyEnding: key.slice(-4), stripeEndpointId: again?.id });
  expect(JSON.stringify([row, body])).not.toContain(key);
});

test('disconnecting says what it leaves behind; connected again, everything goes on', async () => {
  const site = await aSite(town);
  const own = await anOwnStripe(site);
  await connect(site, own);
  const id = await site.buy(await site.offer());

  const preview = await disconnect(site, own.account, { dryRun: true });
  const refused = await disconnect(site, own.account);
  await site.must(disconnect(site, own.account, { leaveBilling: true }));
  const verb = await site.owner.post(`/v1/purchases/${id}/pause`, {});
  const heard = await backFill(town.deps, { since: null, now: new Date().toISOString() });
  const left = await town.deps.orm.em.fork().findOneOrFail(StripeConnection, { stripeAccount: own.account });
  await connect(site, own);
  await site.ask(id, 'pause', {});

  expect(preview.body).toEqual({
    status: 'preview',
    stripeAccount: own.account,
    liveBilling: 1,
    afterwards: 'platform',
  });
  expect([refused.status, refused.body.code]).toEqual([409, 'live_billing']);
  expect(verb).toMatchObject({ status: 422, body: { stripeCode: 'account_invalid' } });
  expect(left).toMatchObject({ sealedKey: null, sealedSecrets: null, disconnectedAt: expect.any(String) });
  expect(heard.failed).toBe(0);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'paused' });
});

test('a key that was rolled at Stripe makes verbs wait until there is another one', async () => {
  const site = await aSite(town);
  const own = await anOwnStripe(site);
  await connect(site, own);
  const id = await site.buy(await site.offer());
  await control(town.sandbox, 'POST', `/restricted-keys/${own.key}/roll`);

  const waiting = site.owner.post(`/v1/purchases/${id}/pause`, {});
  const { key: restrictedKey } = await aRestrictedKey({ account: own.account });
  await site.must(site.owner.post('/v1/account/stripe/key', { restrictedKey }));
  await waiting;
  await eventually(async () => (await site.read(id)).billingStatus === 'paused');

  expect((await stateOf(site)).connections).toMatchObject([
    { keyEnding: restrictedKey.slice(-4), endpoint: 'by_hand' },
  ]);
});

test('what one Stripe account says reaches nothing that was sold on another, whatever it names', async () => {
  const [site, other] = [await aSite(town), await aSite(town)];
  const [own, theirs] = [await anOwnStripe(site), await anOwnStripe(other)];
  await connect(site, own);
  await connect(other, theirs);
  const id = await site.buy(await site.offer());
  const subscription = await own.all.subscriptions.retrieve(await site.subscriptionOf(id));
  const eventId = `evt_${uuid()}`;
  const event = (account?: string) => ({
    id: eventId,
    object: 'event',
    type: 'customer.subscription.deleted',
    created: 1_801_500_000,
    livemode: false,
    ...(account && { account }),
    data: { object: { ...subscription, status: 'canceled', ended_at: 1_801_500_000, metadata: { purchaseId: id } } },
  });

  const sent = [
    await signed(other, theirs.webhookSecret, event()),
    await signed(other, theirs.webhookSecret, event(own.account)),
    await signed(site, theirs.webhookSecret, event()),
  ];
  await site.quiet();

  expect(sent).toEqual([200, 200, 400]);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active' });
  const em = town.deps.orm.em.fork();
  const rows = await em.find(InboxRow, { externalId: eventId });
  expect(rows).toMatchObject([{ source: theirs.account, state: 'unmatched', subjectId: null }]);
  // Of its own Stripe account it is another event, and reaches the purchase.
  expect(await signed(site, own.webhookSecret, event())).toBe(200);
  expect(await em.find(InboxRow, { externalId: eventId, source: own.account })).toMatchObject([{ subjectId: id }]);
});

async function signed(site: Site, secret: string, event: object): Promise<number> {
  const body = JSON.stringify(event);
  const url = `${town.apiUrl}/webhooks/stripe/${site.accountId}`;
  return (await fetch(url, { method: 'POST', body, headers: signedByStripe(body, { secret }) })).status;
}
