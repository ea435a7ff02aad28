import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { plansSchema } from '../../api/platform/sign-up.ts';
import { Account } from '../../db/entities/account.ts';
import { Admin } from '../../db/entities/admin.ts';
import { Checkout } from '../../db/entities/checkout.ts';
import { eventually } from '../ground/eventually.ts';
import { aPlatform, confirm, confirmations, newcomer, signUp } from './a-platform.ts';
import type { Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const guest = () => town.client(null);

type OnSale = z.output<typeof plansSchema>;
type Listed = { data: { id: string; forAccountId: string; billingStatus: string; offer: { name: string } }[] };
const purchasesOf = async (site: Site, email: string) =>
  (await site.must<Listed>(site.owner.get(`/v1/purchases?${new URLSearchParams({ q: email }).toString()}`))).data;

const ownedBy = (email: string) => town.deps.orm.em.fork().find(Admin, { email, role: 'owner' });

test('a paid plan makes account and owner, who confirms the address by one link and is in [R18]', async () => {
  const site = await aPlatform();
  const email = site.newEmail();
  const wish = newcomer(email, { accountName: 'Ada Studio' });

  const session = await signUp(site, wish);
  expect(await ownedBy(email)).toEqual([]);
  await site.pay(session);
  const { token, answer, session: owner } = await confirm(email);
  await site.quiet();

  const account = await site.must(owner.get('/v1/account'));
  expect(account).toMatchObject({ name: 'Ada Studio', mode: 'test', timeZone: 'Europe/Vienna' });
  expect(answer.body).toMatchObject({ admin: { email, role: 'owner', accountId: account.id } });
  expect(await purchasesOf(site, email)).toMatchObject([
    { forAccountId: account.id, billingStatus: 'active', offer: { name: 'Basic, monthly' } },
  ]);
  const row = await town.deps.orm.em.fork().findOneOrFail(Account, { id: account.id });
  expect(row).toMatchObject({ clockAt: '2027-01-31T09:00:00.000Z', needsOwnStripe: true, slug: 'ada-studio' });
  expect((await guest().post('/v1/sign-up/confirm', { token, password: 'another one of hers' })).status).toBe(422);
  const logIn = { email, password: 'a password of hers' };
  expect((await guest().post('/v1/sessions', logIn)).status).toBe(200);
  expect(await confirmations(email)).toHaveLength(1);
  // Its admins see nothing of the platform, and are no operators.
  expect((await owner.get('/v1/operator/accounts')).status).toBe(403);
});

test('a card that is declined, and a checkout that is left, make nothing but their trace', async () => {
  const site = await aPlatform();
  const [declined, left] = [site.newEmail(), site.newEmail()];

  const session = await signUp(site, newcomer(declined));
  await site.pay(session, '4000000000000002').catch(() => undefined);
  await town.sandbox.stripe.checkout.sessions.expire(await signUp(site, newcomer(left)));
  await site.quiet();

  for (const email of [declined, left]) {
    expect(await ownedBy(email)).toEqual([]);
    expect(await purchasesOf(site, email)).toEqual([]);
    expect(await town.mailbox.emails(email)).toEqual([]);
  }
  await site.pay(session);
  expect((await confirm(declined)).answer.status).toBe(200);
});

test('one account that is paid twice is one, and the second payment goes back; the third is not asked for', async () => {
  const site = await aPlatform();
  const email = site.newEmail();
  const wish = newcomer(email);
  const [basic, growth] = [await signUp(site, wish), await signUp(site, { ...wish, plan: 'growth', interval: 'year' })];

  await Promise.all([site.pay(basic), site.pay(growth)]);
  await eventually(async () => (await purchasesOf(site, email)).some((one) => one.billingStatus === 'canceled'));
  await confirm(email);
  await site.quiet();

  const bought = await purchasesOf(site, email);
  expect(bought.map(({ billingStatus }) => billingStatus).toSorted()).toEqual(['active', 'canceled']);
  expect(new Set(bought.map(({ forAccountId }) => forAccountId)).size).toBe(1);
  expect(await ownedBy(email)).toHaveLength(1);
  const again = await guest().post('/v1/sign-up', { ...wish, accountName: wish.accountName.toUpperCase() });
  expect([again.status, again.body]).toEqual([202, {}]);
  await eventually(async () =>
    (await town.mailbox.emails(email)).some(({ text }) => text?.includes('/login?token=') === true),
  );
});

test('one person signs up for two accounts, each with its plan and an address of its own', async () => {
  const site = await aPlatform();
  const email = site.newEmail();

  for (const accountName of ['Twin', 'TWIN!']) await site.pay(await signUp(site, newcomer(email, { accountName })));
  await eventually(async () => (await ownedBy(email)).length === 2);
  await site.quiet();

  const accounts = (await purchasesOf(site, email)).map(({ forAccountId }) => forAccountId);
  expect(new Set(accounts).size).toBe(2);
  const rows = await town.deps.orm.em.fork().find(Account, { id: { $in: accounts } }, { orderBy: { id: 'asc' } });
  expect(rows.map(({ slug }) => slug)).toEqual(['twin', `twin-${rows[1]?.id.slice(-12)}`]);
  expect(await town.deps.orm.em.fork().count(Checkout, { forAccountId: { $in: accounts } })).toBe(2);
});

const named = async (site: Site, email: string) => (await purchasesOf(site, email)).map(({ offer }) => offer.name);

test('with the add-on, it begins on the card of the plan, billed with it [R19.1]', async () => {
  const site = await aPlatform();
  const email = site.newEmail();

  await site.pay(await signUp(site, newcomer(email, { access: true, interval: 'year' })));
  await eventually(async () => (await named(site, email)).length === 2);
  await site.quiet();

  expect((await named(site, email)).toSorted()).toEqual(['Access, yearly', 'Basic, yearly']);
  const { session } = await confirm(email);
  expect(await site.must(session.get('/v1/account/access'))).toMatchObject({ status: 'active', interval: 'year' });
});

test('where the card does not pay for the add-on the plan stands, and the owner is told where to add it', async () => {
  const site = await aPlatform();
  const email = site.newEmail();
  await site.pay(await signUp(site, newcomer(email)));
  const plan = await eventually(async () => (await purchasesOf(site, email))[0]);
  await site.quiet();
  const { stripe } = town.sandbox;
  const { stripeCustomerId } = await site.read(plan.id);
  const card = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: stripeCustomerId! });
  await stripe.subscriptions.update(await site.subscriptionOf(plan.id), { default_payment_method: card.id });

  // As if the card had come to nothing between the plan and its add-on.
  await town.deps.orm.em.fork().nativeUpdate(Checkout, { purchaseId: plan.id }, { addOnAt: new Date().toISOString() });
  const told = await eventually(async () =>
    (await town.mailbox.emails(email)).find(({ subject }) => subject.endsWith('has not begun')),
  );

  expect(told.text).toContain('/settings/access');
  expect(await named(site, email)).toEqual(['Basic, monthly']);
  expect(await site.read(plan.id)).toMatchObject({ billingStatus: 'active' });
});

test('what is not on sale is refused, and who has no platform sells to nobody', async () => {
  const site = await aPlatform();
  const asked = (wish: object) => guest().post('/v1/sign-up', newcomer(site.newEmail(), wish));

  expect((await asked({ plan: 'platinum' })).body).toMatchObject({ status: 422, field: 'plan' });
  expect((await asked({ timeZone: 'Nowhere/Else' })).body).toMatchObject({ status: 422, field: 'timeZone' });
  const { plans, access } = await site.must<OnSale>(guest().get('/v1/sign-up/plans'));
  expect(plans).toMatchObject([
    { plan: 'basic', prices: { month: { amountMinor: 14_900 }, year: { amountMinor: 142_800 } } },
    { plan: 'growth' },
    { plan: 'pro' },
  ]);
  expect(access).toMatchObject({ month: { amountMinor: 9_900 }, year: { amountMinor: 118_800 } });
  await site.must(site.owner.post(`/v1/offers/${plans[0]?.prices.month?.offerId}/archive`));
  expect((await asked({})).body).toMatchObject({ status: 422, field: 'interval' });
  await town.deps.orm.em.fork().execute('update accounts set is_platform = false');
  expect((await asked({})).status).toBe(404);
});
