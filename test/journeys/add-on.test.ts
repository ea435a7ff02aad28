import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aPlatform } from './accounts-that-buy.ts';
import { town, useTown } from './use-town.ts';

useTown();

const ACCESS = '/v1/account/access';

test.each([
  ['month', 9_900, { perYear: 6, remainingThisYear: 6, available: 1 }],
  ['year', 118_800, { perYear: 6, remainingThisYear: 6, available: 6 }],
] as const)(
  'the add-on begins at once on the card of a plan by the %s [R19.1]',
  async (interval, amountMinor, credits) => {
    const { site, anAccountOf, buyFor, shipped } = await aPlatform(town);
    const rosa = await anAccountOf();
    const plan = await buyFor(rosa, await shipped('Basic', interval));

    const preview = await rosa.owner.post(ACCESS, { dryRun: true });
    const before = await rosa.owner.get(ACCESS);
    const added = await rosa.owner.post(ACCESS, {});
    const again = await rosa.owner.post(ACCESS, {});

    expect([preview.status, preview.body]).toEqual([
      200,
      expect.objectContaining({
        status: 'preview',
        interval,
        dueNow: { amountMinor, currency: 'usd' },
        quotaFactor: 2,
      }),
    ]);
    expect(before.body).toMatchObject({ status: 'none', credits: { available: 0 } });
    expect(added).toMatchObject({ status: 200, body: { status: 'begun', interval } });
    expect([again.status, again.body.code]).toEqual([409, 'already_live']);
    await site.quiet();
    const { body } = await rosa.owner.get(ACCESS);
    expect(body).toMatchObject({
      status: 'active',
      interval,
      firstPaymentAt: '2027-01-31T09:00:00.000Z',
      refundWindowClosesAt: '2027-03-02T09:00:00.000Z',
      features: ['code_editor', 'early_access'],
      credits,
      removalRequest: null,
    });
    const bought = await site.read(body.purchaseId);
    expect(bought).toMatchObject({ forAccountId: rosa.accountId, payments: [{ amountMinor }] });
    expect(bought.stripeCustomerId).toBe((await site.read(plan)).stripeCustomerId);
    expect((await site.refused(plan, 'cancel', { when: 'period_end' })).code).toBe('is_required');
  },
);

test('without a plan, or with one that is not in order, it is refused [R27.6]', async () => {
  const { site, anAccountOf, buyFor, shipped } = await aPlatform(town);
  const rosa = await anAccountOf();

  const without = await rosa.owner.post(ACCESS, {});
  const plan = await buyFor(rosa, await shipped('Growth', 'month'));
  await site.ask(plan, 'pause');
  const paused = await rosa.owner.post(ACCESS, { dryRun: true });
  await site.ask(plan, 'resume');
  await site.ask(plan, 'cancel', { when: 'period_end' });
  const ending = await rosa.owner.post(ACCESS, {});

  for (const { status, body } of [without, paused, ending])
    expect([status, body.code]).toEqual([409, 'requirement_missing']);
  expect(without.body.detail).toContain('the account does not have');
  expect((await rosa.clients.support.post(ACCESS, {})).status).toBe(403);
  expect((await site.owner.get(ACCESS)).status).toBe(404);
});

test('where the card is refused the plan stands, and the owner gets the page of Stripe', async () => {
  const { site, anAccountOf, buyFor, shipped, paid } = await aPlatform(town);
  const rosa = await anAccountOf();
  const plan = await buyFor(rosa, await shipped('Basic', 'month'));
  const { stripe } = town.sandbox;
  const { stripeCustomerId } = await site.read(plan);
  const { id } = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: stripeCustomerId! });
  await stripe.subscriptions.update(await site.subscriptionOf(plan), { default_payment_method: id });

  const refused = await rosa.owner.post(ACCESS, {});

  expect(refused).toMatchObject({ status: 200, body: { status: 'to_pay', url: expect.any(String) } });
  expect((await rosa.owner.get(ACCESS)).body.status).toBe('none');
  expect(await site.read(plan)).toMatchObject({ billingStatus: 'active' });
  await paid(refused.body);
  expect((await rosa.owner.get(ACCESS)).body.status).toBe('active');
});

test('the add-on follows its plan to another interval with its next renewal, and says so before [R19.1, R27.6]', async () => {
  const { site, anAccountOf, buyFor, shipped } = await aPlatform(town);
  const rosa = await anAccountOf();
  const plan = await buyFor(rosa, await shipped('Basic', 'month'));
  const { body } = await rosa.owner.post(ACCESS, {});
  await site.quiet();
  await site.moveTo('2027-02-10T09:00:00.000Z');

  const yearly = await shipped('Basic', 'year');
  const change = { offerId: yearly.id, dryRun: true };
  const preview = await rosa.owner.post('/v1/account/plan', change);
  const larger = await rosa.owner.post('/v1/account/plan', {
    ...change,
    offerId: (await shipped('Growth', 'month')).id,
  });
  await site.ask(plan, 'change-offer', { offerId: yearly.id, when: 'now', proration: 'full' });
  await eventually(async () => (await site.read(String(body.purchaseId))).pendingChange);
  await site.quiet();
  const before = (await rosa.owner.get(ACCESS)).body;
  await site.moveTo('2027-03-01T09:00:00.000Z');

  const follows = { interval: 'year', price: { amountMinor: 118_800, currency: 'usd' } };
  // With the end of the plan's period, at which the add-on renews too.
  expect(preview.body).toMatchObject({ addOn: { ...follows, chargedAt: '2027-02-28T09:00:00.000Z' } });
  expect(larger.body).toMatchObject({ status: 'preview', addOn: null });
  expect(before).toMatchObject({ interval: 'month', credits: { available: 1 } });
  expect((await site.emails(String(body.purchaseId))).join()).toContain('offer-change-scheduled to customer');
  expect((await rosa.owner.get(ACCESS)).body).toMatchObject({ interval: 'year', credits: { available: 6 } });
  const { payments } = await site.read(String(body.purchaseId));
  expect(payments.map(({ amountMinor }) => amountMinor)).toEqual([9_900, 118_800]);
});

test('what the preview of a plan’s change names is what the add-on is charged then [R27.6]', async () => {
  const { site, anAccountOf, buyFor, shipped } = await aPlatform(town);
  const rosa = await anAccountOf();
  await buyFor(rosa, await shipped('Basic', 'month'));
  await site.moveTo('2027-02-10T09:00:00.000Z');
  const { body } = await rosa.owner.post(ACCESS, {});
  await site.quiet();

  const asked = { offerId: (await shipped('Basic', 'year')).id };
  const preview = await rosa.owner.post('/v1/account/plan', { ...asked, dryRun: true });
  await rosa.owner.post('/v1/account/plan', asked);
  await site.quiet();
  await site.moveTo('2027-03-11T09:00:00.000Z');

  const chargedAt = '2027-03-10T09:00:00.000Z';
  expect(preview.body).toMatchObject({
    addOn: { offer: { name: 'Access, yearly' }, price: { amountMinor: 118_800 }, chargedAt },
  });
  const { payments } = await site.read(String(body.purchaseId));
  expect(payments).toMatchObject([{ amountMinor: 9_900 }, { amountMinor: 118_800, paidAt: chargedAt }]);
  const told = (await site.emails(String(body.purchaseId))).filter((line) => line.includes('scheduled to customer'));
  expect(told).toEqual(['2027-02-10T09:00Z offer-change-scheduled to customer']);
});

test('a change of the plan that is only planned is planned for the add-on as well, and taken back with it', async () => {
  const { site, anAccountWithAccess, shipped } = await aPlatform(town);
  const { planId, addOnId } = await anAccountWithAccess('year');
  const monthly = await shipped('Basic', 'month');
  const planned = async () => (await site.read(addOnId)).pendingChange;

  await site.ask(planId, 'change-offer', { offerId: monthly.id, when: 'period_end' });
  const change = await eventually(planned);
  await site.quiet();
  await site.ask(planId, 'undo-change-offer');
  await eventually(async () => (await planned()) === null);

  expect(change).toMatchObject({ offerId: (await shipped('Access', 'month')).id, at: '2028-01-31T09:00:00.000Z' });
});
