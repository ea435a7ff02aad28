import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

type Dispute = { id: string; state: string; stripeStatus: string };

const disputesOf = (site: Site, query: string): Promise<{ data: Dispute[]; nextCursor: string | null }> =>
  site.must(site.owner.get(`/v1/disputes?${query}`));

/** Waits until the record of the dispute says so, and nothing more is to come of it. */
async function whenIs(site: Site, id: string, stripeStatus: string): Promise<void> {
  await eventually(async () =>
    (await disputesOf(site, '')).data.some((one) => one.id === id && one.stripeStatus === stripeStatus),
  );
  await site.quiet();
}

async function opened(site: Site, purchaseId: string, status = 'needs_response', index = 0): Promise<string> {
  const charge = await site.chargeOf(purchaseId, index);
  const { id } = await control(town.sandbox, 'POST', '/disputes', { charge, status });
  await whenIs(site, String(id), status);
  return String(id);
}

test('an inquiry that is answered, claimed, answered again and lost is one record with its course', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  const dispute = await opened(site, id, 'warning_needs_response');
  expect(await site.must(site.owner.get(`/v1/disputes/${dispute}`))).toMatchObject({
    state: 'inquiry',
    isInquiry: true,
    needsResponse: true,
    reason: 'fraudulent',
    evidenceDueAt: '2027-02-07T09:00:00.000Z',
    openedAt: '2027-01-31T09:00:00.000Z',
    closedAt: null,
  });

  const { disputes } = town.sandbox.stripe;
  await disputes.update(dispute, { evidence: { product_description: 'A course' } });
  await whenIs(site, dispute, 'warning_under_review');
  await site.moveTo('2027-02-02T09:00:00.000Z');
  await control(town.sandbox, 'POST', `/disputes/${dispute}/escalate`);
  await whenIs(site, dispute, 'needs_response');
  await site.moveTo('2027-02-03T09:00:00.000Z');
  await disputes.update(dispute, { evidence: { product_description: 'A course' } });
  await whenIs(site, dispute, 'under_review');
  await site.moveTo('2027-02-20T09:00:00.000Z');
  await control(town.sandbox, 'POST', `/disputes/${dispute}/lose`);
  await whenIs(site, dispute, 'lost');

  expect(await site.must(site.owner.get(`/v1/disputes/${dispute}`))).toMatchObject({
    state: 'lost',
    isInquiry: false,
    needsResponse: false,
    openedAt: '2027-01-31T09:00:00.000Z',
    closedAt: '2027-02-20T09:00:00.000Z',
  });
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-01-31T09:00Z dispute.opened by stripe (2900 usd, status: inquiry)',
    '2027-01-31T09:00Z dispute.updated by stripe (2900 usd, status: inquiry)',
    '2027-02-02T09:00Z dispute.opened by stripe (2900 usd, status: open)',
    '2027-02-03T09:00Z dispute.updated by stripe (2900 usd, status: open)',
    '2027-02-20T09:00Z dispute.closed by stripe (2900 usd, status: lost)',
  ]);
  expect((await site.emails(id)).slice(1)).toEqual([
    '2027-01-31T09:00Z admin-dispute to admins',
    '2027-02-02T09:00Z admin-dispute to admins',
    '2027-02-20T09:00Z admin-dispute to admins',
  ]);
});

test('disputes are listed by state, purchase and what waits for an answer, a page at a time', async () => {
  const site = await aSite(town);
  const offer = await site.offer();
  const [first, second] = [await site.buy(offer), await site.buy(offer)];
  const open = await opened(site, first);
  const inquiry = await opened(site, second, 'warning_needs_response');
  await town.sandbox.stripe.disputes.update(open, { evidence: { product_description: 'A course' } });
  await whenIs(site, open, 'under_review');

  const ids = async (query: string) => (await disputesOf(site, query)).data.map(({ id }) => id);
  const page = await disputesOf(site, 'limit=1');
  const rest = await disputesOf(site, `limit=1&cursor=${page.nextCursor}`);

  expect([...page.data, ...rest.data].map(({ id }) => id).toSorted()).toEqual([open, inquiry].toSorted());
  expect(await ids('state=open')).toEqual([open]);
  expect(await ids('state=inquiry')).toEqual([inquiry]);
  expect(await ids('state=won')).toEqual([]);
  expect(await ids(`purchaseId=${second}`)).toEqual([inquiry]);
  expect(await ids('needsResponse=true')).toEqual([inquiry]);
  expect((await site.owner.get('/v1/disputes?state=half')).status).toBe(422);
  expect((await site.clients.assistant.get('/v1/disputes')).status).toBe(403);
  expect((await site.clients.assistant.get(`/v1/disputes/${open}`)).status).toBe(403);
  expect((await site.clients.support.get(`/v1/disputes/${open}`)).status).toBe(200);
  expect((await (await aSite(town)).owner.get(`/v1/disputes/${open}`)).status).toBe(404);
});

test('with `revoke` a won dispute gives back what it had closed, and with it what an admin has not', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { onDispute: 'revoke' }));
  const offer = await site.offer({ products: 2 });
  const id = await site.buy(offer);
  await site.ask(id, 'revoke', { productIds: [offer.productIds[0]] });

  const dispute = await opened(site, id);
  expect((await site.read(id)).accessStatus).toBe('none');
  await site.moveTo('2027-02-10T09:00:00.000Z');
  await control(town.sandbox, 'POST', `/disputes/${dispute}/win`);
  await whenIs(site, dispute, 'won');

  expect(await site.read(id)).toMatchObject({ accessStatus: 'partial', billingStatus: 'active' });
  expect((await site.timeline(id)).slice(3)).toEqual([
    '2027-01-31T09:00Z dispute.opened by stripe (2900 usd, status: open)',
    '2027-01-31T09:00Z purchase.revoked by stripe',
    '2027-02-10T09:00Z dispute.closed by stripe (2900 usd, status: won)',
    '2027-02-10T09:00Z purchase.restored by stripe',
  ]);
});

test('with `cancel` an inquiry that is claimed ends the purchase at Stripe, which stays ended when it is won', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { onDispute: 'cancel' }));
  const id = await site.buy(await site.offer());
  const subscription = await site.subscriptionOf(id);

  const dispute = await opened(site, id, 'warning_needs_response');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', accessStatus: 'full' });
  await site.moveTo('2027-02-10T09:00:00.000Z');
  await control(town.sandbox, 'POST', `/disputes/${dispute}/escalate`);
  await whenIs(site, dispute, 'needs_response');
  expect(await site.read(id)).toMatchObject({ billingStatus: 'canceled', accessStatus: 'none' });
  expect((await town.sandbox.stripe.subscriptions.retrieve(subscription)).status).toBe('canceled');
  await site.moveTo('2027-02-20T09:00:00.000Z');
  await control(town.sandbox, 'POST', `/disputes/${dispute}/win`);
  await whenIs(site, dispute, 'won');

  expect(await site.read(id)).toMatchObject({ billingStatus: 'canceled', accessStatus: 'none', attentions: [] });
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-01-31T09:00Z dispute.opened by stripe (2900 usd, status: inquiry)',
    '2027-02-10T09:00Z dispute.opened by stripe (2900 usd, status: open)',
    '2027-02-10T09:00Z purchase.canceled by system (cause: automation)',
    '2027-02-20T09:00Z dispute.closed by stripe (2900 usd, status: won)',
  ]);
  expect((await site.emails(id)).slice(2).toSorted()).toEqual([
    '2027-02-10T09:00Z admin-dispute to admins',
    '2027-02-10T09:00Z admin-purchase-canceled to admins',
    '2027-02-10T09:00Z purchase-canceled to customer',
  ]);
});

test('with `cancel` a disputed purchase that was paid once is closed, and opens when it is won', async () => {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { onDispute: 'cancel' }));
  const id = await site.buy(await site.offer({ price: { kind: 'one_time', amountMinor: 9_900, currency: 'usd' } }));

  const dispute = await opened(site, id);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'paid', accessStatus: 'none' });
  await control(town.sandbox, 'POST', `/disputes/${dispute}/win`);
  await whenIs(site, dispute, 'won');

  expect(await site.read(id)).toMatchObject({ billingStatus: 'paid', accessStatus: 'full' });
});
