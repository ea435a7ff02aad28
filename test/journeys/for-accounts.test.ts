import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { updateCustomers } from '../../activities/people/update-customers.ts';
import { aKey } from '../api/a-world.ts';
import { anAdmin } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aPlatform as thePlatform } from './accounts-that-buy.ts';
import { aSite, type Offer } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const OWNER = 'rosa@example.com';

/** The platform, with two accounts of one person. */
async function aPlatform() {
  const { site, anAccountOf, buyFor } = await thePlatform(town);
  const [one, other] = [await anAccountOf(OWNER), await anAccountOf(OWNER)];
  const buy = (offer: Offer, accountId: string) => buyFor({ accountId, ownerEmail: OWNER }, offer);
  return { site, accounts: [one.accountId, other.accountId] as [string, string], buy };
}

const asked = (offer: Offer, forAccountId: string) => ({ offerId: offer.id, email: OWNER, forAccountId });

test('one person owns two accounts, and each has a plan of its own [R18.5]', async () => {
  const { site, accounts, buy } = await aPlatform();
  const [one, other] = accounts;
  const basic = await site.offer({ group: 'plan', trialDays: 14 });
  const pro = await site.offer({ group: 'plan' });
  const access = await site.offer({ requires: [basic.id, pro.id] });
  const { operator, owner } = site.clients;

  const first = await buy(basic, one);
  const refusals = [
    await operator.post('/v1/checkouts', asked(basic, one)),
    await operator.post('/v1/checkouts', asked(pro, one)),
    await operator.post('/v1/checkouts', asked(access, other)),
    await operator.post('/v1/grants', { offerId: access.id, forAccountId: other }),
  ];
  const second = await buy(basic, other);
  const addOn = await buy(access, one);

  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
    [409, 'already_live'],
    [409, 'group_taken'],
    [409, 'requirement_missing'],
    [409, 'requirement_missing'],
  ]);
  const [ofOne, ofOther] = [await site.read(first), await site.read(second)];
  expect([ofOne, ofOther]).toMatchObject([
    { forAccountId: one, billingStatus: 'trialing', contact: { email: OWNER } },
    { forAccountId: other, billingStatus: 'trialing', contact: { email: OWNER } },
  ]);
  expect(ofOne.contactId).toBe(ofOther.contactId);
  expect(ofOne.stripeCustomerId).not.toBe(ofOther.stripeCustomerId);
  const listed = await site.must<{ data: { id: string }[] }>(owner.get(`/v1/purchases?forAccountId=${one}`));
  expect(listed.data.map(({ id }) => id)).toEqual([addOn, first]);

  // The plan of one account ends at Stripe: what requires it ends with it, of that account alone.
  await site.ask(second, 'cancel', { when: 'now' });
  expect(await site.read(addOn)).toMatchObject({ billingStatus: 'active' });
  await town.sandbox.stripe.subscriptions.cancel(await site.subscriptionOf(first));
  await eventually(async () => (await site.read(addOn)).billingStatus === 'canceled');
  expect(await site.read(addOn)).toMatchObject({ billing: { ended: { cause: 'requirement_ended' } } });
});

test('what an account has lives by its seller’s clock, at Stripe by a clock of its own', async () => {
  const { site, accounts, buy } = await aPlatform();
  const offer = await site.offer({ trialDays: 14 });

  const ids = [await buy(offer, accounts[0]), await buy(offer, accounts[1])];
  await site.moveTo('2027-03-15T09:00:00.000Z');

  for (const id of ids)
    expect((await site.read(id)).payments.map(({ paidAt }) => paidAt)).toEqual([
      '2027-02-14T09:00:00.000Z',
      '2027-03-14T09:00:00.000Z',
    ]);
});

test('a trial is given once to an account, whoever of it asks', async () => {
  const { site, accounts, buy } = await aPlatform();
  const offer = await site.offer({ trialDays: 14 });
  const first = await buy(offer, accounts[0]);
  await site.ask(first, 'cancel', { when: 'now' });
  const newOwner = 'kim@example.com';
  await town.deps.orm.em.fork().execute('update admins set email = ? where account_id = ?', [newOwner, accounts[0]]);

  const again = { ...asked(offer, accounts[0]), email: newOwner };
  const { body } = await site.clients.operator.post('/v1/checkouts', again);
  const others = await site.clients.operator.post('/v1/checkouts', asked(offer, accounts[1]));

  expect([body.trial, others.body.trial]).toEqual(['had', 'given']);
});

test('only operators name an account, and only at the platform [R2.2]', async () => {
  const { site, accounts } = await aPlatform();
  const ordinary = await aSite(town);
  const [offer, elsewhere] = [await site.offer(), await ordinary.offer()];
  const { operator, owner } = site.clients;

  const refusals = [
    await owner.post('/v1/checkouts', asked(offer, accounts[0])),
    await owner.post('/v1/grants', { offerId: offer.id, forAccountId: accounts[0] }),
    await operator.post('/v1/checkouts', { ...asked(offer, accounts[0]), email: 'kim@example.com' }),
    await operator.post('/v1/checkouts', asked(offer, uuid())),
    await ordinary.clients.operator.post('/v1/checkouts', asked(elsewhere, accounts[0])),
  ];

  expect(refusals.map(({ status, body }) => [status, body.field])).toEqual([
    [403, undefined],
    [403, undefined],
    [422, 'email'],
    [422, 'forAccountId'],
    [422, 'forAccountId'],
  ]);
});

test('what an account has bought for itself ends when it is closed [R27.9]', async () => {
  const { site, accounts, buy } = await aPlatform();
  const [one] = accounts;
  const basic = await site.offer({ group: 'plan' });
  const access = await site.offer({ requires: [basic.id] });
  const [plan, addOn] = [await buy(basic, one), await buy(access, one)];
  const close = (body: object) =>
    site.clients.operator.post(`/v1/operator/accounts/${one}/close`, { reason: 'Gave up', ...body });

  const shown = await site.must(site.clients.operator.get(`/v1/operator/accounts/${one}`));
  expect(shown).toMatchObject({
    plan: { purchaseId: plan, billingStatus: 'active', accessStatus: 'full' },
    addOns: [{ purchaseId: addOn }],
    monthlyRevenue: [{ currency: 'usd', amountMinor: 5_800 }],
    health: { pastDue: 0, needsAttention: 0 },
  });
  expect((await close({ dryRun: true })).body).toMatchObject({ own: 2, liveBilling: 0 });
  expect((await close({})).status).toBe(202);
  await site.quiet();

  const statuses = [(await site.read(plan)).billingStatus, (await site.read(addOn)).billingStatus];
  expect(statuses).toEqual(['canceled', 'canceled']);
  const own = await site.clients.operator.post(`/v1/operator/accounts/${site.accountId}/suspend`, { reason: 'No' });
  expect([own.status, own.body.code]).toEqual([409, 'wrong_state']);
});

test('a new owner has what the account bought, with its card, and the old one sees nothing more [R18.5]', async () => {
  const { site, accounts, buy } = await aPlatform();
  const [one] = accounts;
  const { operator, owner } = site.clients;
  const plan = await buy(await site.offer({ group: 'plan', credits: CREDITS }), one);
  const before = await site.read(plan);
  const ofAccount = town.client(await aKey(town.deps.orm.em.fork(), one, 'owner'));
  const heir = await anAdmin(town.deps.orm.em.fork(), { accountId: one, email: 'vera@example.com', role: 'support' });

  await site.must(ofAccount.post(`/v1/admins/${heir}/transfer-ownership`));
  await site.quiet();

  const after = await site.read(plan);
  expect(after).toMatchObject({ contact: { email: 'vera@example.com' }, stripeCustomerId: before.stripeCustomerId });
  expect(after.refundWindow).toEqual(before.refundWindow);
  const listOf = async (list: string, contactId: string) =>
    (await site.must<{ data: unknown[] }>(owner.get(`/v1/${list}?contactId=${contactId}`))).data.length;
  expect([await listOf('purchases', before.contactId), await listOf('payments', before.contactId)]).toEqual([0, 0]);
  expect([await listOf('purchases', after.contactId), await listOf('credits', after.contactId)]).toEqual([1, 2]);
  const { customer_since: since } = (await contactsOf(after.contactId))[0]!;
  expect(since).not.toBeNull();

  await updateCustomers({ orm: town.deps.orm, gateway: town.deps.gateway });
  const customer = await town.sandbox.stripe.customers.retrieve(String(after.stripeCustomerId));
  expect(customer).toMatchObject({ email: 'vera@example.com' });
  const again = await site.must(operator.get(`/v1/purchases/${plan}/timeline`));
  expect(JSON.stringify(again)).toContain('purchase.contact-changed');
  await site.moveTo(String(after.nextChargeAt));
  expect(await site.emails(plan)).toContainEqual(expect.stringContaining('payment-receipt'));
});

test('an operator gives an account a plan that nobody pays for, once [R2.2]', async () => {
  const { site, accounts } = await aPlatform();
  const [one] = accounts;
  const { operator } = site.clients;
  const basic = await site.offer({ group: 'plan', quotas: { products: 1 } });
  const other = await site.offer();
  const give = (offerId: string, by = operator) =>
    by.post(`/v1/operator/accounts/${one}/plan`, { offerId, reason: 'A year for the winner' });

  const refused = [await give(other.id), await give(basic.id, site.owner)];
  const given = await give(basic.id);
  await site.quiet();

  expect(refused.map(({ status }) => status)).toEqual([422, 403]);
  expect(given.status).toBe(200);
  const shown = await site.must(operator.get(`/v1/operator/accounts/${one}`));
  expect(shown).toMatchObject({
    plan: { billingStatus: 'none', accessStatus: 'full' },
    monthlyRevenue: [],
    use: [{ quota: 'products', limit: 1, used: 0 }],
  });
  expect(await give(basic.id)).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
});

const CREDITS = { perYear: 2, issue: 'period_start', validMonths: 12, callMinutes: 45 };
const contactsOf = (id: string) =>
  town.deps.orm.em
    .fork()
    .execute<{ customer_since: string | null }[]>('select customer_since from contacts where id = ?', [id]);
