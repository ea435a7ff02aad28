import { expect, test } from '@jest/globals';
import { anExpert } from '../builders/rows.ts';
import { aSite, type Site } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { town, useTown } from './use-town.ts';

useTown();

/** Wednesday, three days after the journeys begin. */
const EIGHT = '2027-02-03T08:00:00.000Z';
const CREDITS = { perYear: 2, issue: 'period_start', validMonths: 12, callMinutes: 45 };
const reason = 'Asked for by the owner';

const operate = (site: Site, act: string, body: object = {}) =>
  site.clients.operator.post(`/v1/operator/accounts/${site.accountId}/${act}`, { reason, ...body });

const accessOf = async (site: Site, id: string) => {
  const { contact, products } = await site.read(id);
  const check = `/v1/access-check?contactId=${contact.id}&productId=${products[0]?.productId}`;
  return (await site.must<{ access: boolean }>(site.owner.get(check))).access;
};

test('a suspended account is out while its customers are billed and have access [R27.9]', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  const [{ periodEnd }, customer] = [(await site.read(id)).billing, await asCustomer(site, id)];

  expect(await operate(site, 'suspend')).toMatchObject({ status: 200, body: { state: 'suspended' } });

  expect(await site.owner.post('/v1/products', { name: 'More' })).toMatchObject({
    status: 403,
    body: { code: 'account_suspended' },
  });
  await site.must(site.clients.operator.post('/v1/test-clock/advance', { to: periodEnd }));
  await site.quiet();
  expect((await site.read(id)).payments).toHaveLength(2);
  expect([await accessOf(site, id), (await customer.get('/v1/me/library')).status]).toEqual([true, 200]);
  expect((await operate(site, 'suspend')).status).toBe(409);

  await operate(site, 'reopen');
  expect((await site.owner.post('/v1/products', { name: 'More' })).status).toBe(201);
});

test('an account is closed once nothing is billed, or what is billed is canceled first [R27.9]', async () => {
  const site = await aSite(town);
  const expertId = await anExpert(town.deps.orm.em.fork(), site.accountId);
  const [plan, coaching] = [await site.offer(), await site.offer({ credits: CREDITS })];
  const addOn = await site.offer({ requires: [plan.id] });
  const email = site.newEmail();
  const bought = await site.buy(plan, { email });
  const required = await site.buy(addOn, { email });
  const grant = site.owner.post('/v1/grants', { offerId: coaching.id, email: site.newEmail() });
  const called = (await site.must<{ purchase: { id: string } }>(grant)).purchase.id;
  await site.must(site.owner.post(`/v1/purchases/${called}/issue-credit`, { count: 1, reason }));
  await site.must(site.owner.post('/v1/calls', { purchaseId: called, expertId, startsAt: EIGHT }));

  const refused = await operate(site, 'close');
  expect(refused).toMatchObject({ status: 409, body: { code: 'live_billing', field: 'cancelSubscriptions' } });
  const preview = await operate(site, 'close', { dryRun: true });
  expect(preview).toMatchObject({ status: 200, body: { liveBilling: 2, calls: 1, seats: 0 } });
  expect(await operate(site, 'close', { cancelSubscriptions: true })).toMatchObject({
    status: 202,
    body: { state: 'closed' },
  });
  await site.quiet();

  const statuses = [(await site.read(bought)).billingStatus, (await site.read(required)).billingStatus];
  expect(statuses).toEqual(['canceled', 'canceled']);
  expect((await site.owner.get('/v1/calls?state=canceled')).body.data).toHaveLength(1);
  expect(await accessOf(site, called)).toBe(true);
  const asked = site.clients.operator.get('/v1/account/operator-actions');
  const { data: actions } = await site.must<{ data: { jobId: string }[] }>(asked);
  expect(actions).toMatchObject([{ kind: 'close', reason }]);
  const job = await site.must(site.clients.operator.get(`/v1/jobs/${actions[0]?.jobId}`));
  expect(job).toMatchObject({ kind: 'close-account', state: 'done', total: 3, applied: 3, input: null });
  const sold = await site.clients.operator.post('/v1/checkouts', { offerId: plan.id, email: site.newEmail() });
  expect(sold).toMatchObject({ status: 409, body: { code: 'account_closed' } });
});
