import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from './a-site.ts';
import { giveCard, giveGoodCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

const BOUGHT = [
  '2027-01-31T09:00Z purchase.bought by stripe',
  '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
];
const FAILED_TWICE = [
  '2027-02-28T09:00Z payment.failed by stripe (2900 usd, attempts: 1, declineCode: generic_decline, nextTryAt: 2027-03-03T09:00Z)',
  '2027-03-03T09:00Z payment.failed by stripe (2900 usd, attempts: 2, declineCode: generic_decline, nextTryAt: 2027-03-08T09:00Z)',
];
const EXHAUSTED = [
  ...FAILED_TWICE,
  '2027-03-08T09:00Z payment.failed by stripe (2900 usd, attempts: 3, declineCode: generic_decline, nextTryAt: 2027-03-15T09:00Z)',
  '2027-03-12T09:00Z purchase.last-warning by automation (2900 usd)',
  '2027-03-15T09:00Z payment.failed by stripe (2900 usd, attempts: 4, declineCode: generic_decline)',
];
const TOLD = [
  '2027-01-31T09:00Z purchase-confirmation to customer',
  '2027-02-28T09:00Z payment-failed to customer',
  '2027-02-28T09:00Z admin-payment-failed to admins',
];
const TOLD_TWICE = [...TOLD, '2027-03-03T09:00Z payment-failed to customer'];

async function aFailingPurchase(site: Site): Promise<string> {
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await giveCard(site, id, 'pm_card_chargeCustomerFail');
  return id;
}

test('each failed try of a renewal is told to the customer, the first to admins; a success makes it active', async () => {
  const site = await aSite(town);
  const id = await aFailingPurchase(site);

  await site.moveTo('2027-03-05T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'past_due',
    accessStatus: 'full',
    billing: { overdueSince: '2027-02-28T09:00:00.000Z' },
    overdue: [
      { attempts: 2, amountMinor: 2_900, currency: 'usd', needsConfirmation: false, declineCode: 'generic_decline' },
    ],
  });
  expect(await site.due(id)).toEqual(['2027-03-08T09:00Z payment-retry', '2027-03-31T09:00Z renewal']);
  await giveGoodCard(site, id);
  await site.moveTo('2027-03-10T09:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    ...BOUGHT,
    ...FAILED_TWICE,
    '2027-03-05T09:00Z purchase.payment-retried by system',
    '2027-03-05T09:00Z payment.succeeded by stripe (2900 usd, recovered: true)',
  ]);
  expect(await site.emails(id)).toEqual([...TOLD_TWICE, '2027-03-05T09:00Z payment-receipt to customer']);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', billing: { overdueSince: null } });
});

test('exhausted tries cancel as delinquent at the last one: invoice voided, access ended', async () => {
  const site = await aSite(town);
  const id = await aFailingPurchase(site);

  await site.moveTo('2027-03-05T09:00:00.000Z');
  const invoiceId = (await site.read(id)).overdue[0]?.invoiceId ?? '';
  await site.moveTo('2027-05-05T09:00:00.000Z');

  expect(await site.timeline(id)).toEqual([
    ...BOUGHT,
    ...EXHAUSTED,
    '2027-03-15T09:00Z purchase.canceled by system (cause: delinquent, endsAccess: true)',
    '2027-03-15T09:00Z purchase.billing-ended by system (cause: delinquent)',
  ]);
  expect(await site.emails(id)).toEqual([
    ...TOLD_TWICE,
    '2027-03-08T09:00Z payment-failed to customer',
    '2027-03-12T09:00Z payment-last-warning to customer',
    '2027-03-15T09:00Z purchase-canceled to customer',
    '2027-03-15T09:00Z admin-purchase-canceled to admins',
  ]);
  expect((await town.sandbox.stripe.invoices.retrieve(invoiceId)).status).toBe('void');
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'canceled',
    accessStatus: 'none',
    due: [],
    warnings: [],
    billing: { ended: { at: '2027-03-15T09:00:00.000Z', cause: 'delinquent' } },
  });
});

test.each(['unpaid', 'past_due'])('where Stripe leaves it %s, we cancel it', async (afterRetries) => {
  await stripeSettings({ afterRetries });
  const site = await aSite(town);
  const id = await aFailingPurchase(site);

  await site.moveTo('2027-05-05T09:00:00.000Z');
  await stripeSettings({ afterRetries: 'cancel' });

  expect(await site.timeline(id)).toEqual([
    ...BOUGHT,
    ...EXHAUSTED,
    '2027-03-15T09:00Z purchase.canceled by system (cause: delinquent)',
  ]);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'canceled', accessStatus: 'none' });
  const subscription = await town.sandbox.stripe.subscriptions.retrieve(await site.subscriptionOf(id));
  expect(subscription.status).toBe('canceled');
});

const stripeSettings = async (changes: object): Promise<void> => {
  const headers = { authorization: 'Bearer sk_test_owner', 'content-type': 'application/json' };
  const body = JSON.stringify(changes);
  const { status } = await fetch(`${town.sandbox.url}/_sandbox/settings`, { method: 'POST', headers, body });
  expect(status).toBe(200);
};

test('autoRevoke off keeps access after exhausted tries, and says so', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { autoRevoke: 'off' }));
  const id = await aFailingPurchase(site);

  await site.moveTo('2027-05-05T09:00:00.000Z');

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'canceled',
    accessStatus: 'full',
    warnings: ['access_continues_without_billing'],
  });
});

test('where no access will end, or it is closed already, nobody is warned of it', async () => {
  for (const autoRevoke of ['off', 'on_first_failure']) {
    const site = await aSite(town);
    await site.must(site.owner.patch('/v1/settings', { autoRevoke }));
    const id = await aFailingPurchase(site);

    await site.moveTo('2027-03-20T09:00:00.000Z');

    expect((await site.emails(id)).filter((line) => line.includes('last-warning'))).toEqual([]);
  }
});

test('autoRevoke on the first failure blocks until it is paid', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { autoRevoke: 'on_first_failure' }));
  const id = await aFailingPurchase(site);

  await site.moveTo('2027-03-01T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'past_due',
    accessStatus: 'none',
    warnings: ['billing_continues_without_access'],
    products: [{ blocks: [{ source: 'suspended_by_overdue', since: '2027-02-28T09:00:00.000Z' }] }],
  });
  await giveGoodCard(site, id);
  await site.moveTo('2027-03-04T09:00:00.000Z');

  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', accessStatus: 'full', warnings: [] });
});

const BLOCKED = ['suspended_by_overdue', '2027-03-07T09:00:00.000Z'];

test('autoRevoke after some days blocks from that instant on, lifts with a success, and no other block', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { autoRevoke: 'after_days', autoRevokeDays: 7 }));
  const id = await aFailingPurchase(site);
  const blocks = async () =>
    (await site.read(id)).products.flatMap((product) => product.blocks.map(({ source, since }) => [source, since]));

  await site.moveTo('2027-03-06T09:00:00.000Z');
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'past_due',
    overdue: [{ since: '2027-02-28T09:00:00.000Z', suspendsAt: BLOCKED[1] }],
    products: [{ blocks: [], until: BLOCKED[1] }],
    accessStatus: 'full',
    accessUntil: BLOCKED[1],
  });
  expect(await site.due(id)).toEqual([
    '2027-03-07T09:00Z access-suspends',
    '2027-03-08T09:00Z payment-retry',
    '2027-03-31T09:00Z renewal',
  ]);
  await site.moveTo('2027-03-07T10:00:00.000Z');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'past_due', accessStatus: 'none' });
  expect(await blocks()).toEqual([BLOCKED]);
  await site.ask(id, 'revoke', {});
  await giveGoodCard(site, id);
  await site.moveTo('2027-03-09T09:00:00.000Z');

  expect((await site.timeline(id)).slice(2)).toEqual([
    FAILED_TWICE[0],
    FAILED_TWICE[1],
    '2027-03-04T09:00Z purchase.last-warning by automation (2900 usd)',
    '2027-03-07T09:00Z purchase.access-suspended by automation',
    '2027-03-07T10:00Z purchase.revoked by api_key',
    '2027-03-07T10:00Z purchase.payment-retried by system',
    '2027-03-07T10:00Z payment.succeeded by stripe (2900 usd, recovered: true)',
  ]);
  expect(await blocks()).toEqual([['revoked', '2027-03-07T10:00:00.000Z']]);
  await site.ask(id, 'restore', {});
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', accessStatus: 'full' });
});

test('what is suspended ends for good once no attempt is left', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { autoRevoke: 'after_days', autoRevokeDays: 5 }));
  const id = await aFailingPurchase(site);

  await site.moveTo('2027-03-20T09:00:00.000Z');

  expect((await site.timeline(id)).slice(2).map((line) => line.split(' by ')[0])).toEqual([
    '2027-02-28T09:00Z payment.failed',
    '2027-03-02T21:00Z purchase.last-warning',
    '2027-03-03T09:00Z payment.failed',
    '2027-03-05T09:00Z purchase.access-suspended',
    '2027-03-08T09:00Z payment.failed',
    '2027-03-15T09:00Z payment.failed',
    '2027-03-15T09:00Z purchase.canceled',
    '2027-03-15T09:00Z purchase.billing-ended',
  ]);
  expect((await site.read(id)).products[0]?.blocks.map(({ source }) => source)).toEqual(['ended']);
});

test('a retry asked for is refused with the card; another card makes it active at once', async () => {
  const site = await aSite(town);
  const id = await aFailingPurchase(site);
  await site.moveTo('2027-03-01T09:00:00.000Z');
  const before = (await site.timeline(id)).length;

  const declined = await site.owner.post(`/v1/purchases/${id}/retry-payment`);
  await site.quiet();
  const between = (await site.timeline(id)).slice(before);
  await giveGoodCard(site, id);

  expect([declined.status, declined.body.code]).toEqual([402, 'card_declined']);
  expect(between.filter((line) => !line.includes('payment.failed'))).toEqual([]);
  expect((await site.timeline(id)).slice(before + between.length)).toEqual([
    '2027-03-01T09:00Z purchase.payment-retried by system',
    '2027-03-01T09:00Z payment.succeeded by stripe (2900 usd, recovered: true)',
  ]);
  expect(await site.emails(id)).toEqual([...TOLD, '2027-03-01T09:00Z payment-receipt to customer']);
});

test('retries go on while a cancellation is pending, and a success does not clear it', async () => {
  const site = await aSite(town);
  const id = await aFailingPurchase(site);
  await site.moveTo('2027-03-01T09:00:00.000Z');

  await site.ask(id, 'cancel', { when: 'period_end' });
  expect(await site.due(id)).toEqual(['2027-03-03T09:00Z payment-retry', '2027-03-31T09:00Z cancellation']);
  await giveGoodCard(site, id);
  await site.moveTo('2027-05-01T09:00:00.000Z');

  expect((await site.timeline(id)).slice(3)).toEqual([
    '2027-03-01T09:00Z purchase.cancellation-scheduled by api_key (cause: api, cancelAt: 2027-03-31T09:00Z)',
    '2027-03-01T09:00Z purchase.payment-retried by system',
    '2027-03-01T09:00Z payment.succeeded by stripe (2900 usd, recovered: true)',
    '2027-03-31T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  ]);
});

test('a customer who must authenticate gets an email of its own, and no failure is told', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await giveCard(site, id, 'pm_card_authenticationRequired');

  await site.moveTo('2027-03-01T09:00:00.000Z');

  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-02-28T09:00Z payment.action-required by stripe (2900 usd, attempts: 1, nextTryAt: 2027-03-03T09:00Z)',
  ]);
  expect((await site.emails(id)).slice(1)).toEqual(['2027-02-28T09:00Z payment-action-required to customer']);
});

test("the link to confirm a payment leads to the open invoice's own page, and confirming there pays it", async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await giveCard(site, id, 'pm_card_authenticationRequired');
  await site.moveTo('2027-03-01T09:00:00.000Z');
  const [overdue] = (await site.read(id)).overdue;
  const open = async () => {
    const { pathname, search } = new URL(overdue?.confirmUrl ?? '');
    expect(pathname).toMatch(/^\/s\/[a-z0-9-]+\/billing\/confirm-payment$/);
    return fetch(`${town.apiUrl}${pathname}${search}`);
  };
  const invoicePage = `${town.sandbox.url}/invoice/${overdue?.invoiceId}`;

  const before = await open();
  expect(before.headers.get('refresh')).toBe(`0; url=${invoicePage}`);
  expect(await before.text()).toContain(invoicePage);
  await fetch(invoicePage, { method: 'POST', body: new URLSearchParams({ authenticate: 'pass' }) });

  await eventually(async () => (await site.read(id)).billingStatus === 'active');
  expect(await (await open()).text()).toContain('Nothing to confirm');
});
